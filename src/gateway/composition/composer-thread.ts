import { Worker } from 'node:worker_threads';
import type { GraphQLSchema } from 'graphql';
import { dressed } from './api-schema';
import type { Built, OwnGraph } from './build';
import { schemaOfChunks } from './chunks';
import type { Refused, SupergraphParts } from './compose-graph';
import type { ComposedTexts, ComposerTask } from './composer';
import { fieldsOf } from './joins';
import { inPieces } from '../pieces';

/** Makes supergraphs while requests are served: composed in a thread of its own, the rest in pieces. */
export class ComposerThread {
  private worker: Worker | null = null;

  constructor(private readonly own: OwnGraph) {}

  /** Rejects when the thread ends without an answer. */
  async build(parts: SupergraphParts): Promise<Built> {
    const { sdl: ownSdl, publicSchema } = this.own;
    const own = { sdl: ownSdl, fields: fieldsOf(publicSchema) };
    const composed = await this.compose({ parts, own });
    if ('problems' in composed) return composed;
    const { sdl, partners, hints, marks } = composed;
    const schemaOf = async (chunks: string[]): Promise<GraphQLSchema> =>
      inPieces(dressed(await inPieces(schemaOfChunks(chunks)), marks, publicSchema));
    const schema = await schemaOf(composed.graph);
    const contracts = new Map<string, GraphQLSchema>();
    for (const [name, chunks] of composed.contracts) contracts.set(name, await schemaOf(chunks));
    const { policies } = parts.config;
    return { supergraph: { sdl, schema, contracts, partners, policies }, hints };
  }

  /** Ends a composition under way. */
  stop(): void {
    void this.worker?.terminate();
  }

  private compose(task: ComposerTask): Promise<ComposedTexts | Refused> {
    return new Promise((resolve, reject) => {
      this.worker = new Worker(require.resolve('./composer'), { workerData: task });
      this.worker.once('message', resolve);
      this.worker.once('error', reject);
      this.worker.once('exit', (code) => reject(new Error(`the thread ended with ${code}`)));
    });
  }
}
