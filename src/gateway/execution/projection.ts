import {
  GraphQLError,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { SubgraphError } from '../subgraph';
import { ownSubgraph } from '../supergraph';
import { Failure, isData, type Data } from './failure';
import { leafReader, wrong } from './leaves';
import type { Naming } from './naming';
import type { Conditions, Operation } from './operation';
import type { Owner } from './owners';
import { collectFields, tellsTypesApart, type SelectedField } from './selected-fields';

/** What is remembered while one answer is projected. */
export interface Projecting {
  errors: GraphQLError[];
  /** How many errors are kept. */
  most: number;
  /** How many values were lost, whether their error is kept or not. */
  failures: number;
  /** Where in the answer it is. */
  path: (string | number)[];
  /** Answers of `__schema` and `__type`, by response name. */
  introspected: Readonly<Record<string, unknown>>;
  /** Places that have an error. */
  places: Set<string>;
}

/** The value of a place as the client gets it; `bubble` when it may not be null and is. */
type Complete = (value: unknown, run: Projecting) => unknown;
/** The object that data become, or null. */
export type ProjectObject = (data: Data, run: Projecting) => Data | null;

const bubble = Symbol('bubble');

/** What projections of one operation are compiled from. */
export interface ProjectionParts {
  schema: GraphQLSchema;
  operation: Operation;
  conditions: Conditions;
  naming: Naming;
}

/**
 * Compiles the way from what subgraphs brought to what the client asked for. Nothing passes that was
 * not selected or that the schema does not allow; whoever owes a value is named when it is wrong.
 */
export function compileProjection(parts: ProjectionParts, owner: Owner): ProjectObject {
  const root = parts.schema.getRootType(parts.operation.definition.operation);
  if (root == null) throw new Error('The schema has no root type for the operation');
  return new Projection(parts).object(root, [parts.operation.definition.selectionSet], owner);
}

class Projection {
  private readonly queryType: GraphQLObjectType | null | undefined;

  constructor(private readonly parts: ProjectionParts) {
    this.queryType = parts.schema.getQueryType();
  }

  object(type: GraphQLCompositeType, sets: SelectionSetNode[], owner: Owner): ProjectObject {
    const fields = collectFields(this.parts, type, sets).map((field) =>
      this.field(type, field, owner),
    );
    const bare = fields.some(({ name }) => name === '__proto__');
    return (data, run) => {
      const answer = (bare ? Object.create(null) : {}) as Data;
      for (const { name, from, complete } of fields) {
        run.path.push(name);
        const value = complete(data[from], run);
        run.path.pop();
        if (value === bubble) return null;
        answer[name] = value;
      }
      return answer;
    };
  }

  private field(
    type: GraphQLCompositeType,
    { name, nodes }: SelectedField,
    owner: Owner,
  ): { name: string; from: string; complete: Complete } {
    const [node] = nodes;
    const fieldName = node.name.value;
    const from = this.parts.naming.ofField(node);
    if (fieldName === '__typename') return { name, from, complete: () => type.name };
    if (type === this.queryType && fieldName.startsWith('__')) {
      return { name, from, complete: (_, run) => run.introspected[name] ?? null };
    }
    const fields = 'getFields' in type ? type.getFields() : {};
    const field = fields[fieldName];
    if (field === undefined) throw new Error(`The schema has no field ${type.name}.${fieldName}`);
    const below = owner.fields.get(from) ?? { subgraph: owner.subgraph, fields: new Map() };
    return { name, from, complete: this.complete(field.type, nodes, below) };
  }

  private complete(type: GraphQLOutputType, nodes: FieldNodes, owner: Owner): Complete {
    const fail = failing(nodes, owner, this.parts.naming);
    if (!isNonNullType(type)) return this.nullable(type, nodes, owner, fail);
    const nullable = this.nullable(type.ofType, nodes, owner, fail);
    return (value, run) => {
      const { failures } = run;
      const completed = nullable(value, run);
      if (completed !== null) return completed;
      if (run.failures > failures) return bubble;
      // Ours keeps to its types: it knows no such object, which is no fault, and told no more than elsewhere.
      if (value === null && owner.subgraph === ownSubgraph) run.failures += 1;
      else fail('null', run);
      return bubble;
    };
  }

  private nullable(type: GraphQLOutputType, nodes: FieldNodes, owner: Owner, fail: Fail): Complete {
    const read = this.value(type, nodes, owner, fail);
    return (value, run) => {
      if (value === null) return null;
      if (value === undefined) return fail('missing', run);
      if (value instanceof Failure) return fail(value, run);
      return read(value, run);
    };
  }

  /** How a value that is there is read. */
  private value(type: GraphQLOutputType, nodes: FieldNodes, owner: Owner, fail: Fail): Complete {
    if (isNonNullType(type)) return this.value(type.ofType, nodes, owner, fail);
    if (isListType(type)) return this.list(this.complete(type.ofType, nodes, owner), fail);
    const named = getNamedType(type);
    if (isLeafType(named)) {
      const read = leafReader(named);
      return (value, run) => {
        const leaf = read(value);
        return leaf === wrong ? fail('wrong-value', run) : leaf;
      };
    }
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isAbstractType(named)) return this.abstract(named, sets, owner, fail);
    let project: ProjectObject | undefined;
    return (value, run) => {
      if (!isData(value)) return fail('wrong-value', run);
      const typeName = value['__typename'];
      if (typeName !== undefined && typeName !== named.name) return lostType(typeName, fail, run);
      project ??= this.object(named, sets, owner);
      return project(value, run);
    };
  }

  private list(complete: Complete, fail: Fail): Complete {
    return (value, run) => {
      if (!Array.isArray(value)) return fail('wrong-value', run);
      const items: unknown[] = [];
      for (const [index, item] of (value as unknown[]).entries()) {
        run.path.push(index);
        const completed = complete(item, run);
        run.path.pop();
        if (completed === bubble) return null;
        items.push(completed);
      }
      return items;
    };
  }

  private abstract(
    type: GraphQLCompositeType,
    sets: SelectionSetNode[],
    owner: Owner,
    fail: Fail,
  ): Complete {
    const { schema } = this.parts;
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
    const known = new Map(possible.map((one) => [one.name, one]));
    const projections = new Map<string, ProjectObject>();
    const apart = tellsTypesApart(this.parts, type, sets);
    const projectAs = (one: GraphQLCompositeType) => {
      const project = projections.get(one.name) ?? this.object(one, sets, owner);
      projections.set(one.name, project);
      return project;
    };
    return (value, run) => {
      if (!isData(value)) return fail('wrong-value', run);
      const typeName = value['__typename'];
      const concrete = typeof typeName === 'string' ? known.get(typeName) : undefined;
      if (concrete !== undefined) return projectAs(concrete)(value, run);
      const untold = typeName === undefined || typeName === type.name;
      if (untold && !apart) return projectAs(type)(value, run);
      return lostType(typeName, fail, run);
    };
  }
}

/** An object without a type: unknown where its type is known, lost on the way, or not of the schema. */
function lostType(typeName: unknown, fail: Fail, run: Projecting): null {
  if (typeName === null) return null;
  return fail(typeName instanceof Failure ? typeName : 'wrong-type', run);
}

type FieldNodes = readonly [FieldNode, ...FieldNode[]];
/** Notes an error for the place where the projection is. */
type Fail = (what: Failure | string, run: Projecting) => null;

function failing(nodes: FieldNodes, owner: Owner, naming: Naming): Fail {
  return (what, run) => {
    run.failures += 1;
    if (run.errors.length >= run.most) return null;
    const failure =
      what instanceof Failure ? what : new Failure(new SubgraphError(owner.subgraph, what));
    const { error, below, ofWholeObject } = failure;
    const place = ofWholeObject ? run.path.slice(0, -1) : [...run.path];
    for (const key of below) {
      const name = typeof key === 'number' ? key : naming.clientName(key);
      if (name === undefined) break;
      place.push(name);
    }
    const text = JSON.stringify(place);
    if (run.places.has(text)) return null;
    run.places.add(text);
    const { message } = error;
    run.errors.push(new GraphQLError(message, { nodes, path: place, originalError: error }));
    return null;
  };
}
