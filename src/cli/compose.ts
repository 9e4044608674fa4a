import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { composeOnce, ownSubgraph } from '../gateway';
import { defaultLimits } from '../platform/limits';
import { serviceSchemas } from '../server/create-service';
import { forRouter } from './for-router';

const examples = { config: 'examples/supergraph.yaml', out: 'schema/supergraph.graphql' };

interface ComposeOptions {
  config: string;
  out?: string;
  check?: boolean;
  router?: string;
}

/** Runs the tool with these arguments and answers its exit code. Needs no database. */
export async function runCompose(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('compose')
    .description(
      'Composes our subgraph with those of a supergraph.yaml, and says what does not fit.',
    )
    .option('--config <path>', 'the configuration', examples.config)
    .option('--out <file>', `where the supergraph goes; ${examples.out} for the examples`)
    .option('--check', 'write nothing, and fail when the file is not what would be written')
    .option(
      '--router <url>',
      'for a router of your own, which asks our subgraph there; without access directives',
      webAddress,
    )
    .action(async (options: ComposeOptions) => {
      exitCode = await compose(options);
    });
  await program.parseAsync(args, { from: 'user' });
  return exitCode;
}

async function compose({ config, check = false, ...rest }: ComposeOptions): Promise<number> {
  const built = await composeOnce(config, {
    env: process.env,
    own: serviceSchemas(),
    limits: defaultLimits,
  });
  if (built.supergraph === undefined) {
    const { problems } = built;
    say(process.stderr, `${config} does not compose:`, problems);
    return 1;
  }
  const { supergraph, hints } = built;
  const names = [ownSubgraph, ...supergraph.partners.map(({ name }) => name)];
  say(
    process.stdout,
    `${config} composes: ${names.join(', ')}.`,
    hints.map((one) => `hint: ${one}`),
  );
  const { router } = rest;
  const committed = router === undefined && config === examples.config;
  const out = rest.out ?? (committed ? examples.out : undefined);
  const sdl = router === undefined ? supergraph.sdl : forRouter(supergraph.sdl, router);
  return out === undefined ? 0 : keep(sdl, out, check);
}

function webAddress(text: string): string {
  if (/^https?:\/\/./.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('It must begin with http:// or https://.');
}

/** Writes the supergraph, or says that what is written is another one. */
function keep(sdl: string, out: string, check: boolean): number {
  const text = `${sdl.trimEnd()}\n`;
  const current = existsSync(out) && readFileSync(out, 'utf8') === text;
  if (current) return 0;
  if (check) {
    say(process.stderr, `${out} is stale; write it by: npm run compose`);
    return 1;
  }
  writeFileSync(out, text);
  say(process.stdout, `written: ${out}`);
  return 0;
}

/** One sentence, and a line for each thing under it. */
function say(to: NodeJS.WritableStream, sentence: string, lines: readonly string[] = []): void {
  to.write([sentence, ...lines.map((line) => `  ${line}`), ''].join('\n'));
}

if (require.main === module) {
  runCompose(process.argv.slice(2)).then(
    (exitCode) => (process.exitCode = exitCode),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
