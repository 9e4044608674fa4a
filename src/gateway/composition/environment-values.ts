/** Texts that are not ours to rewrite: SDL may hold anything. */
const verbatim = new Set(['sdl']);

/**
 * A tree of configuration with `${env.NAME}` and `${env.NAME:-default}` in its texts replaced; an empty
 * variable counts as absent. `complain` hears where a variable is missing, by its name and never by
 * a value.
 */
export function withEnvironment(
  value: unknown,
  env: NodeJS.ProcessEnv,
  complain: (path: string, message: string) => void,
  path: readonly string[] = [],
): unknown {
  if (typeof value === 'string') {
    return expand(value, env, (message) => complain(path.join('.'), message));
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => withEnvironment(item, env, complain, [...path, `${index}`]));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] =>
    verbatim.has(key) ? [key, item] : [key, withEnvironment(item, env, complain, [...path, key])],
  );
  return Object.fromEntries(entries);
}

function expand(text: string, env: NodeJS.ProcessEnv, complain: (message: string) => void): string {
  return text.replace(/\$\{([^}]*)\}/g, (_whole, inside: string) => {
    const [, name, fallback] = /^env\.([A-Za-z_]\w*)(?::-(.*))?$/.exec(inside) ?? [];
    if (name === undefined) {
      complain('what is in ${…} must be written ${env.NAME}');
      return '';
    }
    const value = env[name];
    if (value !== undefined && value !== '') return value;
    if (fallback === undefined) complain(`the environment variable ${name} is not set`);
    return fallback ?? '';
  });
}
