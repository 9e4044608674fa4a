import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  print,
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../../platform/auth/caller';
import { RequestError } from '../../platform/errors';
import type { Graph, GraphRequest } from '../graph';
import type { Requirement } from './requirement';
import { restore, type TrimmedOperation } from './restore';
import { Sight, type Rights } from './rights';
import { Trimmer } from './trim';
import { fragmentsOf } from '../../platform/graphql/fragments';
import { checkSize, documentOf, unusedAlias } from './trimmed-document';

/** An operation as everybody sends it. */
interface Asked {
  operation: OperationDefinitionNode;
  root: GraphQLObjectType;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Everything that any part of it asks of its caller. */
  requirements: readonly Requirement[];
  /** By which of the requirements are met. */
  cuts: LRUCache<string, Cut>;
}

/** What is left of an operation for some callers; null when all of it is refused. */
type Cut = { kept: Kept | null };
type Kept = Omit<TrimmedOperation, 'code' | 'most'> & { document: DocumentNode; source: string };

/** Callers differ in few ways; who differs in more is trimmed anew. */
const cutsOfOperation = 64;
const selectionsPerToken = 5;

/**
 * The graph as its callers may see it. All of a request is refused for a root field that is not the
 * caller's (UNAUTHENTICATED, FORBIDDEN) and when what is left is too much to write down
 * (OPERATION_TOO_COMPLEX): as the one error of a query or mutation, as a RequestError of `listen` and
 * `update`, which ends the subscription. Anything else that is not open is taken out before the graph
 * hears of it, and answered with null and an error in its place. An operation that asks nothing
 * special passes as it came.
 */
export function guardGraph(graph: Graph, rights: Rights): Graph {
  const guard = new Guard(graph, rights);
  return {
    schema: graph.schema,
    async execute(request) {
      try {
        return await guard.run(request, (passed) => graph.execute(passed));
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        return { errors: [new GraphQLError(error.message, { originalError: error })] };
      }
    },
    async listen(request) {
      const kept = guard.keep(request);
      return graph.listen(kept === null ? request : passOn(request, kept));
    },
    update: (request, event) => guard.run(request, (passed) => graph.update(passed, event)),
  };
}

class Guard {
  private readonly known = new WeakMap<DocumentNode, Map<string | undefined, Asked>>();

  constructor(
    private readonly graph: Graph,
    private readonly rights: Rights,
  ) {}

  async run(
    request: GraphRequest,
    execute: (request: GraphRequest) => Promise<ExecutionResult>,
  ): Promise<ExecutionResult> {
    const kept = this.keep(request);
    if (kept === null) return execute(request);
    const { operation, sight } = kept;
    const variables = getVariableValues(
      sight.schema,
      operation.variableDefinitions ?? [],
      request.variables ?? {},
    );
    if (variables.errors !== undefined) return { errors: variables.errors };
    const result = await execute(passOn(request, kept));
    const { caller, config } = request.context;
    const asks = { code: codeFor(caller), most: config.limits.errorsReturned };
    return restore({ ...kept, ...asks }, result, variables.coerced);
  }

  /** What is left of the operation for its caller; null when everything is. */
  keep({ document, operationName, context }: GraphRequest): Kept | null {
    const { caller, config } = context;
    const asked = this.ask(document, operationName);
    const met = asked.requirements.map((requirement) => requirement.allows(caller));
    if (!met.includes(false)) return null;
    const key = met.map(Number).join('');
    let cut = asked.cuts.get(key);
    if (cut === undefined) {
      const open = new Set(asked.requirements.filter((_, at) => met[at]));
      const sight = new Sight(this.graph.schema, this.rights, (one) => open.has(one));
      cut = { kept: this.cut(document, asked, sight, config.limits.tokens * selectionsPerToken) };
      asked.cuts.set(key, cut);
    }
    if (cut.kept === null) throw new RequestError(codeFor(caller));
    return cut.kept;
  }

  private ask(document: DocumentNode, operationName: string | undefined): Asked {
    const ofDocument = this.known.get(document) ?? new Map<string | undefined, Asked>();
    this.known.set(document, ofDocument);
    const known = ofDocument.get(operationName);
    if (known !== undefined) return known;
    const operation = getOperationAST(document, operationName);
    const root = operation && this.graph.schema.getRootType(operation.operation);
    if (!operation || !root) throw new RequestError('OPERATION_RESOLUTION_FAILURE');
    const fragments = fragmentsOf(document);
    const requirements = new Set<Requirement>();
    const everything = new Sight(this.graph.schema, this.rights, (requirement) => {
      requirements.add(requirement);
      return true;
    });
    new Trimmer(everything, fragments, '').operation(operation, root);
    const cuts = new LRUCache<string, Cut>({ max: cutsOfOperation });
    const asked = { operation, root, fragments, requirements: [...requirements], cuts };
    ofDocument.set(operationName, asked);
    return asked;
  }

  private cut(
    document: DocumentNode,
    { operation, root, fragments }: Asked,
    sight: Sight,
    mostSelections: number,
  ): Kept | null {
    if (refusesRoot(operation.selectionSet, root, fragments, sight)) return null;
    const mark = unusedAlias(document);
    const trimmer = new Trimmer(sight, fragments, mark);
    const trimmed = trimmer.operation(operation, root);
    checkSize(trimmed, fragments, mostSelections);
    const left = documentOf(trimmed, fragments);
    const { touched } = trimmer;
    return {
      operation,
      root,
      fragments,
      sight,
      touched,
      mark,
      document: left,
      source: print(left),
    };
  }
}

function refusesRoot(
  { selections }: SelectionSetNode,
  root: GraphQLObjectType,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  sight: Sight,
): boolean {
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) {
      const field = root.getFields()[selection.name.value];
      return field !== undefined && sight.refuses(root, field);
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    return fragment !== undefined && refusesRoot(fragment.selectionSet, root, fragments, sight);
  });
}

function passOn(request: GraphRequest, { document, source }: Kept): GraphRequest {
  return { ...request, document, source };
}

function codeFor(caller: Caller): 'UNAUTHENTICATED' | 'FORBIDDEN' {
  return caller.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
}
