import { formatError } from '../../../src/platform/graphql/format-error';

/** A log that keeps its lines. */
export function recorder() {
  const lines: [level: string, fields: Record<string, unknown>][] = [];
  const at = (level: string) => (fields: object) => {
    lines.push([level, fields as Record<string, unknown>]);
  };
  return { lines, log: { error: at('error'), warn: at('warn') } as never };
}

/** Formats one error; `code` and the lines it logged come along. */
export function format(error: unknown) {
  const { lines, log } = recorder();
  const formatted = formatError(error, log, () => 'err-1');
  return { ...formatted, code: formatted.extensions?.['code'], lines };
}
