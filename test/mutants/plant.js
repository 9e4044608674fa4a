/**
 * A source with a mutant's faults planted in it. A fault that does not find its one place is an error,
 * since a suite that passes without it would prove nothing.
 */
function plant({ name, edits }, path, source) {
  return edits
    .filter((edit) => edit.file === path)
    .reduce((text, { find, replace }) => {
      const parts = text.split(find);
      if (parts.length === 2) return parts.join(replace);
      throw new Error(`mutant "${name}": ${path} has ${parts.length - 1} times: ${find}`);
    }, source);
}

module.exports = { plant };
