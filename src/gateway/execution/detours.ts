import type {
  FlattenNode,
  FlattenNodePathSegment,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';
import {
  Kind,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  print,
  visit,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import type { SupergraphTypes } from './entity-keys';
import { plannersNames } from './naming';

type Path = readonly FlattenNodePathSegment[];

/** Fields of one object that one subgraph is to compute. */
interface Detour {
  path: Path;
  typeName: string;
  subgraph: string;
  fields: FieldNode[];
  /** What it needs: the key, and what the fields require. */
  needed: FieldNode[];
}

/**
 * Takes the fields with @requires out of an operation: `text` asks for what they need instead, `steps`
 * fetch them once that is there. A field stays where it is when its subgraph cannot answer all below it.
 */
export class Detours {
  readonly text: string;
  readonly steps: FlattenNode[];
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly detours: Detour[] = [];
  private aliases = 0;

  constructor(
    text: string,
    private readonly types: SupergraphTypes,
  ) {
    const { definitions } = parse(text, { noLocation: true });
    for (const part of definitions) {
      if (part.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(part.name.value, part);
    }
    const operation = definitions.find((part) => part.kind === Kind.OPERATION_DEFINITION);
    if (operation === undefined) throw new Error('An operation without a definition');
    const rootType = types.schema.getRootType(operation.operation)?.name ?? '';
    const selections = this.without(operation.selectionSet.selections, rootType, []);
    const selectionSet = { kind: Kind.SELECTION_SET as const, selections };
    this.text = print({ ...operation, selectionSet });
    this.steps = this.detours.map((detour) => this.step(detour, operation));
  }

  private without(
    selections: readonly SelectionNode[],
    typeName: string,
    path: Path,
  ): SelectionNode[] {
    const here = new Map<string, Detour>();
    const kept = selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind !== Kind.FIELD) return this.fragment(selection, typeName, path);
      const source = this.types
        .sourcesOf(typeName, selection.name.value)
        ?.find(({ requires }) => requires !== null);
      if (source?.requires == null || !this.isWithin(selection, typeName, source.subgraph)) {
        return [this.field(selection, typeName, path)];
      }
      const { subgraph } = source;
      const key = this.keyOf(typeName, subgraph);
      if (key === null) return [selection];
      const detour = here.get(subgraph) ?? { path, typeName, subgraph, fields: [], needed: key };
      detour.fields.push(selection);
      detour.needed.push(...this.required(source.requires));
      if (!here.has(subgraph)) this.detours.push(detour);
      here.set(subgraph, detour);
      return [];
    });
    return [...kept, ...[...here.values()].flatMap(({ needed }) => needed)];
  }

  private fragment(
    selection: Exclude<SelectionNode, FieldNode>,
    typeName: string,
    path: Path,
  ): SelectionNode[] {
    const spread = selection.kind === Kind.FRAGMENT_SPREAD;
    const fragment = spread ? this.fragments.get(selection.name.value) : selection;
    if (fragment === undefined) return [];
    const condition = fragment.typeCondition?.name.value ?? typeName;
    const below = condition === typeName ? path : [...path, { TypeCondition: [condition] }];
    const selections = this.without(fragment.selectionSet.selections, condition, below);
    const { typeCondition } = fragment;
    const selectionSet = { kind: Kind.SELECTION_SET as const, selections };
    return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet }];
  }

  private field(field: FieldNode, typeName: string, path: Path): FieldNode {
    const type = this.typeOf(typeName, field);
    if (field.selectionSet === undefined || type === undefined) return field;
    const below = [...path, { Field: (field.alias ?? field.name).value }, ...lists(type)];
    const { selections } = field.selectionSet;
    const kept = this.without(selections, getNamedType(type).name, below);
    return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections: kept } };
  }

  private typeOf(typeName: string, field: FieldNode): GraphQLOutputType | undefined {
    const type = this.types.schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    return type.getFields()[field.name.value]?.type;
  }

  /** Whether a subgraph answers a field and all that is selected below it. */
  private isWithin(field: FieldNode, typeName: string, subgraph: string): boolean {
    if (field.name.value === '__typename') return true;
    const sources = this.types.sourcesOf(typeName, field.name.value);
    if (sources !== null && !sources.some((one) => one.subgraph === subgraph)) return false;
    const type = this.typeOf(typeName, field);
    if (type === undefined) return false;
    const below = getNamedType(type).name;
    return (field.selectionSet?.selections ?? []).every(
      (one) =>
        one.kind === Kind.FIELD &&
        this.isWithin(one, below, subgraph) &&
        (this.types.sourcesOf(below, one.name.value) ?? []).every(({ requires }) => !requires),
    );
  }

  private keyOf(typeName: string, subgraph: string): FieldNode[] | null {
    const [key] = this.types.keysOf(typeName, subgraph);
    if (key === undefined) return null;
    return [...fieldsIn('__typename'), ...fieldsIn(this.types.keyText(key))];
  }

  /** What a field requires, under names of its own: the client may ask for the same with other arguments. */
  private required(requires: string): FieldNode[] {
    return fieldsIn(requires).map((field) => {
      this.aliases += 1;
      const value = `${plannersNames}need_${this.aliases}`;
      return { ...field, alias: { kind: Kind.NAME, value } };
    });
  }

  private step(detour: Detour, operation: OperationDefinitionNode): FlattenNode {
    const { typeName, fields, needed, subgraph: serviceName } = detour;
    const used = new Set<string>();
    for (const field of fields) {
      visit(field, { Variable: (variable) => void used.add(variable.name.value) });
    }
    const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
      used.has(variable.name.value),
    );
    const variables = ['$representations:[_Any!]!', ...definitions.map(print)].join(', ');
    const selections = fields.map(print).join(' ');
    return {
      kind: 'Flatten',
      path: [...detour.path],
      node: {
        kind: 'Fetch',
        serviceName,
        operationKind: 'query',
        variableUsages: [...used],
        operation: `query(${variables}){_entities(representations: $representations){...on ${typeName}{${selections}}}}`,
        requires: [
          { kind: 'InlineFragment', typeCondition: typeName, selections: needed.map(requirement) },
        ],
      },
    };
  }
}

function requirement(field: FieldNode): RequiresSelection {
  const name = field.name.value;
  const below = (field.selectionSet?.selections ?? []).filter((one) => one.kind === Kind.FIELD);
  const selections = below.map(requirement);
  return {
    kind: 'Field',
    name: field.alias?.value ?? name,
    ...(field.alias && { alias: name }),
    ...(selections.length > 0 && { selections }),
  };
}

function fieldsIn(text: string): FieldNode[] {
  const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return [];
  return definition.selectionSet.selections.filter((one) => one.kind === Kind.FIELD);
}

function lists(type: GraphQLOutputType): '@'[] {
  if (isNonNullType(type)) return lists(type.ofType);
  return isListType(type) ? ['@', ...lists(type.ofType)] : [];
}
