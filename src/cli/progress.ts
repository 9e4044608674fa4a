import { Presets, SingleBar } from 'cli-progress';

/** Shows how much of a file is done. */
export interface Progress {
  update(bytes: number, line: number): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere, in a log file for example, a line now and then. */
export function createProgress(totalBytes: number, stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) {
    return {
      update: (_bytes, line) => void stream.write(`${line.toLocaleString('en')} lines\n`),
      stop: () => undefined,
    };
  }
  const bar = new SingleBar(
    { stream, format: '{bar} {percentage}% | {line} lines | {duration_formatted}' },
    Presets.shades_classic,
  );
  bar.start(totalBytes, 0, { line: 0 });
  return {
    update: (bytes, line) => bar.update(bytes, { line }),
    stop: () => bar.stop(),
  };
}
