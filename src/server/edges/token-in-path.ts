/** The token in the name of a picture; a name with another ending holds none. */
export function withoutEnding(name: string, ending: string): string {
  return name.endsWith(ending) ? name.slice(0, -ending.length) : '';
}
