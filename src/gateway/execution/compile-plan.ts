import type {
  EntityBatchAlias,
  FetchNode,
  FlattenNodePathSegment,
  PlanNode,
} from '@graphql-hive/router-query-planner';
import { parse } from 'graphql';
import { SubgraphError, type FetchOperation, type Subgraph } from '../subgraph';
import type { SupergraphTypes } from './entity-keys';
import { Failure } from './failure';
import type { Naming } from './naming';
import { noteOwner, ownerAt, type Owner } from './owners';
import { compileLosses } from './losses';
import { compileRepresentation } from './representation';
import { compileRewrites } from './rewrites';
import { shapeOf } from './shape';
import type { Asking, EntityBatch, EntityStep, FetchStep, Plan, Step } from './steps';

type Path = readonly FlattenNodePathSegment[];

export interface CompilationParts {
  types: SupergraphTypes;
  naming: Naming;
  subgraphs: ReadonlyMap<string, Subgraph>;
  kind: FetchOperation['kind'];
}

/** Makes a plan of the planner ready to run, and says which subgraph owes which field. */
export function compilePlan(
  node: PlanNode | undefined,
  parts: CompilationParts,
): Plan & { owner: Owner } {
  const compilation = new Compilation(parts);
  const step = node === undefined ? null : compilation.step(node);
  return { primary: compilation.primary, step, owner: compilation.owner };
}

class Compilation {
  readonly owner: Owner = { subgraph: '', fields: new Map() };
  primary: FetchStep | null = null;

  constructor(private readonly parts: CompilationParts) {}

  step(node: PlanNode): Step | null {
    switch (node.kind) {
      case 'Sequence':
        return this.steps('sequence', node.nodes);
      case 'Parallel':
        return this.steps(this.mutations(node.nodes) > 1 ? 'sequence' : 'parallel', node.nodes);
      case 'Condition': {
        const holds = node.ifClause ? this.step(node.ifClause) : null;
        const fails = node.elseClause ? this.step(node.elseClause) : null;
        const variable = this.parts.naming.clientVariable(node.condition);
        return { kind: 'condition', variable, holds, fails };
      }
      case 'Subscription':
        this.primary = this.fetch(node.primary, 'subscription');
        return null;
      case 'Fetch':
        return this.fetch(node, node.operationKind ?? this.parts.kind);
      case 'Flatten':
        return this.flatten(node.path, node.node);
      case 'BatchFetch': {
        const asking = this.asking(node, 'query');
        return this.entities(asking, node.entityBatch.aliases);
      }
      default:
        throw new Error(`A plan with a step of kind ${node.kind} cannot be run`);
    }
  }

  private steps(kind: 'sequence' | 'parallel', nodes: readonly PlanNode[]): Step | null {
    const steps = nodes.map((node) => this.step(node)).filter((step) => step !== null);
    return steps.length === 0 ? null : { kind, steps };
  }

  /** Mutations take their turns, whatever the planner thinks of running beside each other. */
  private mutations(nodes: readonly PlanNode[]): number {
    return nodes.filter((node) => node.kind === 'Fetch' && node.operationKind === 'mutation')
      .length;
  }

  private fetch(node: FetchNode, kind: FetchOperation['kind']): FetchStep {
    const { types } = this.parts;
    const asking = this.asking(node, kind);
    const shape = shapeOf(asking.operation.document, types);
    noteOwner(this.owner, [], shape, node.serviceName);
    return {
      kind: 'fetch',
      ...asking,
      shape,
      rewrite: compileRewrites(node.outputRewrites, types),
    };
  }

  private flatten(path: Path, node: PlanNode): EntityStep {
    if (node.kind !== 'Fetch') throw new Error(`A plan flattens a step of kind ${node.kind}`);
    const batch: EntityBatchAlias = {
      alias: '_entities',
      representationsVariableName: 'representations',
      paths: [[...path]],
      requires: node.requires ?? [],
      ...(node.inputRewrites && { inputRewrites: node.inputRewrites }),
      ...(node.outputRewrites && { outputRewrites: node.outputRewrites }),
    };
    return this.entities(this.asking(node, 'query'), [batch]);
  }

  private entities(asking: Asking, aliases: readonly EntityBatchAlias[]): EntityStep {
    return {
      kind: 'entities',
      ...asking,
      batches: aliases.map((alias) => this.batch(asking, alias)),
    };
  }

  private batch(asking: Asking, alias: EntityBatchAlias): EntityBatch {
    const { types } = this.parts;
    const subgraph = asking.subgraph.name;
    const shape = shapeOf(asking.operation.document, types, alias.alias);
    const paths = alias.paths.map(fieldNames);
    for (const path of paths) noteOwner(this.owner, path, shape, subgraph);
    const holders = paths.map((path) => ownerAt(this.owner, path));
    return {
      alias: alias.alias,
      variable: alias.representationsVariableName,
      paths: alias.paths,
      shape,
      losses: compileLosses(shape, subgraph, types, alias.requires),
      rewrite: compileRewrites(alias.outputRewrites, types),
      represent: compileRepresentation({
        subgraph,
        requires: alias.requires,
        rewrite: compileRewrites(alias.inputRewrites, types),
        types,
        missing: (name) => {
          const holder = holders.find(({ fields }) => fields.has(name)) ?? holders[0];
          const owner = holder?.fields.get(name) ?? holder;
          return new Failure(new SubgraphError(owner?.subgraph ?? subgraph, 'incomplete'));
        },
      }),
    };
  }

  private asking(
    node: { serviceName: string; operation: string; variableUsages?: string[] },
    kind: FetchOperation['kind'],
  ): Asking {
    const subgraph = this.parts.subgraphs.get(node.serviceName);
    if (subgraph === undefined) throw new Error(`The plan asks an unknown subgraph`);
    const document = parse(node.operation, { noLocation: true });
    const variables = (node.variableUsages ?? []).map(
      (name) => [name, this.parts.naming.clientVariable(name)] as const,
    );
    return { subgraph, operation: { text: node.operation, document, kind }, variables };
  }
}

function fieldNames(path: Path): string[] {
  return path.flatMap((segment) =>
    typeof segment === 'object' && 'Field' in segment ? [segment.Field] : [],
  );
}
