import { extractLinkImplementations } from '@theguild/federation-composition';
import {
  Kind,
  parse,
  valueFromASTUntyped,
  type DirectiveNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { hasPolicies, hasScopes, Requirement, type Alternatives } from './requirement';
import { Rights } from './rights';

type Read = (directives: readonly DirectiveNode[] | undefined) => Requirement | undefined;
type Requirements = Map<string, Requirement>;

/**
 * What `@authenticated`, `@requiresScopes` and `@policy` of a supergraph ask of whom. Only what an
 * answer is made of counts: object types, their fields, enums and scalars. What an interface asks is
 * what a composer made of its implementations, and they are asked themselves; where none of them asks
 * anything, it was said of the interface and holds for them all.
 */
export function readRights(
  supergraphSdl: string,
  policies: ReadonlyMap<string, Alternatives>,
): Rights {
  const document = parse(supergraphSdl, { noLocation: true });
  const read = reader(document, policies);
  const types: Requirements = new Map();
  const fields: Requirements = new Map();
  const objects: ObjectTypeDefinitionNode[] = [];
  const interfaces: InterfaceTypeDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) interfaces.push(definition);
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      objects.push(definition);
      for (const field of definition.fields ?? []) {
        note(fields, `${definition.name.value}.${field.name.value}`, read(field.directives));
      }
    }
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.ENUM_TYPE_DEFINITION ||
      definition.kind === Kind.SCALAR_TYPE_DEFINITION
    ) {
      note(types, definition.name.value, read(definition.directives));
    }
  }
  const inherited = interfaces.flatMap((one) => inheritances(one, objects, read));
  const silent = inherited.filter(
    ({ of, to }) => !to.some((place) => (of === 'type' ? types : fields).has(place)),
  );
  for (const { of, to, requirement } of silent) {
    for (const place of to) note(of === 'type' ? types : fields, place, requirement);
  }
  return new Rights(types, fields);
}

interface Inheritance {
  of: 'type' | 'field';
  to: string[];
  requirement: Requirement;
}

function inheritances(
  { name, fields, directives }: InterfaceTypeDefinitionNode,
  objects: readonly ObjectTypeDefinitionNode[],
  read: Read,
): Inheritance[] {
  const heirs = objects
    .filter((object) => object.interfaces?.some((one) => one.name.value === name.value))
    .map((object) => object.name.value);
  const own = read(directives);
  const ofFields = (fields ?? []).flatMap((field): Inheritance[] => {
    const requirement = read(field.directives);
    const to = heirs.map((heir) => `${heir}.${field.name.value}`);
    return requirement === undefined ? [] : [{ of: 'field', to, requirement }];
  });
  return own === undefined ? ofFields : [{ of: 'type', to: heirs, requirement: own }, ...ofFields];
}

function note(into: Requirements, place: string, requirement: Requirement | undefined): void {
  if (requirement !== undefined) into.set(place, requirement.and(into.get(place)));
}

function reader(document: DocumentNode, policies: ReadonlyMap<string, Alternatives>): Read {
  const authenticated = namesOf('authenticated', document);
  const scopes = namesOf('requiresScopes', document);
  const policy = namesOf('policy', document);
  return (directives = []) => {
    const found = directives.flatMap((directive) => {
      const name = directive.name.value;
      if (authenticated.has(name)) return [[]];
      if (scopes.has(name)) return [[hasScopes(listsIn(directive, 'scopes'))]];
      if (policy.has(name)) return [[hasPolicies(listsIn(directive, 'policies'), policies)]];
      return [];
    });
    return found.length === 0 ? undefined : new Requirement(found.flat());
  };
}

/** By which names the supergraph's `@link`s let a directive be applied. */
function namesOf(directive: string, document: DocumentNode): Set<string> {
  const url = `https://specs.apollo.dev/${directive}`;
  const { links, resolveImportName } = extractLinkImplementations(document);
  const imported = links
    .filter(({ identity }) => identity === url)
    .flatMap(({ imports }) => imports.map((one) => (one.as ?? one.name).replace('@', '')));
  return new Set([resolveImportName(url, `@${directive}`), ...imported]);
}

function listsIn(directive: DirectiveNode, name: string): Alternatives {
  const argument = directive.arguments?.find((one) => one.name.value === name);
  const value = argument && valueFromASTUntyped(argument.value);
  if (!Array.isArray(value)) return [];
  return value.map((every: unknown) => [every].flat().map(String));
}
