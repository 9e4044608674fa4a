import { extractLinkImplementations } from '@theguild/federation-composition';
import { Kind, type DirectiveNode, type DocumentNode } from 'graphql';
import { argumentsOf } from './joins';

const costSpec = 'https://specs.apollo.dev/cost';

/** What `@listSize` says of a list field, as it says it. */
export interface ListSize {
  assumedSize?: number;
  slicingArguments?: string[];
  sizedFields?: string[];
  requireOneSlicingArgument?: boolean;
}

/** What demand control knows of a field, an argument or a type. */
export interface CostExtensions {
  cost?: number;
  listSize?: ListSize;
}

/** `@cost` and `@listSize` of a supergraph by coordinate: `Type`, `Type.field`, `Type.field(argument:)`. */
export function readCosts(document: DocumentNode): Map<string, CostExtensions> {
  const { resolveImportName } = extractLinkImplementations(document);
  const names = {
    cost: resolveImportName(costSpec, '@cost'),
    listSize: resolveImportName(costSpec, '@listSize'),
  };
  const costs = new Map<string, CostExtensions>();
  const note = (coordinate: string, directives: readonly DirectiveNode[] | undefined) => {
    const found = costOf(directives, names);
    if (found !== undefined) costs.set(coordinate, found);
  };
  for (const definition of document.definitions) {
    if (!('name' in definition) || definition.name === undefined) continue;
    const type = definition.name.value;
    note(type, 'directives' in definition ? definition.directives : undefined);
    if (!('fields' in definition)) continue;
    for (const field of definition.fields ?? []) {
      note(`${type}.${field.name.value}`, field.directives);
      if (field.kind !== Kind.FIELD_DEFINITION) continue;
      for (const argument of field.arguments ?? []) {
        note(`${type}.${field.name.value}(${argument.name.value}:)`, argument.directives);
      }
    }
  }
  return costs;
}

function costOf(
  directives: readonly DirectiveNode[] | undefined,
  names: { cost: string; listSize: string },
): CostExtensions | undefined {
  const [cost] = argumentsOf(directives, names.cost);
  const [listSize] = argumentsOf(directives, names.listSize);
  if (cost === undefined && listSize === undefined) return undefined;
  return {
    // Version 0.1 writes an integer; the IBM specification a number in quotes.
    ...(cost && { cost: Number(cost['weight']) }),
    ...(listSize && { listSize: listSize }),
  };
}
