import {
  getOperationAST,
  Kind,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { Directive, Extensions } from 'type-graphql';
import { allows, brandScopesOf, type Access, type Caller } from '../auth/caller';
import { RequestError } from '../errors';
import { checkPayloads } from './payload-links';
import { fragmentsOf } from './fragments';

/**
 * Says who may run a query or mutation. Every root field needs it: one without is refused to
 * everybody. In the subgraph's SDL it becomes `@authenticated` and `@requiresScopes`, one alternative
 * a kind of caller, so that a router which holds the caller's scopes can refuse early; the service
 * itself decides by `checkAccess` all the same.
 */
export function Allow(access: Access): MethodDecorator {
  const kinds = scopesOf(access);
  if (kinds.length === 0) throw new Error('access must name at least one kind of caller');
  const alternatives = kinds.map((scopes) => `["${scopes.join('", "')}"]`).join(', ');
  const decorators = [
    Extensions({ access }),
    Directive(`@requiresScopes(scopes: [${alternatives}])`),
    Directive('@authenticated'),
    ...(forOperatorsOnly(access) ? [Directive('@tag(name: "operator")')] : []),
  ];
  return (target, property, descriptor) => {
    for (const decorate of decorators as MethodDecorator[]) decorate(target, property, descriptor);
  };
}

/** Tagged, so that a contract for brands' frontends can leave them out. */
function forOperatorsOnly(access: Access): boolean {
  return access.platform === true && access.customer !== true && access.brand === undefined;
}

/** What each kind of caller needs. */
function scopesOf(access: Access): (readonly string[])[] {
  const brand = brandScopesOf(access);
  return [
    ...(access.platform === true ? [['mu:platform']] : []),
    ...(access.customer === true ? [['mu:customer']] : []),
    ...(brand.length === 0 ? [] : [brand]),
  ];
}

/** The access declared on a field, or undefined. */
export function accessOf(field: GraphQLField<unknown, unknown>): Access | undefined {
  return field.extensions['access'] as Access | undefined;
}

/**
 * Whether this caller may run the chosen operation of a valid document; fragments count, `@skip` does
 * not save. Fields with `extensions.subgraph` are of another subgraph and pass. Throws RequestError UNAUTHENTICATED for a caller without key or token, FORBIDDEN for one
 * that lacks the access, OPERATION_RESOLUTION_FAILURE when there is no such operation.
 */
export function checkAccess(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  caller: Caller,
): void {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) throw new RequestError('OPERATION_RESOLUTION_FAILURE');
  const fields = root.getFields();
  for (const name of rootFieldNames(document, operation.selectionSet)) {
    if (name.startsWith('__') || name === '_service') continue;
    checkField(name, fields[name], caller);
  }
  if (operation.operation === 'mutation' && !mayRead(caller)) {
    checkPayloads(schema, document, operation);
  }
}

/** A brand key sees the objects of its brand with `mu:read` only; what others see, loaders decide. */
function mayRead(caller: Caller): boolean {
  return caller.kind !== 'brand' || caller.scopes.includes('mu:read');
}

function checkField(
  name: string,
  field: GraphQLField<unknown, unknown> | undefined,
  caller: Caller,
): void {
  // A partner's: what its own directives ask of callers is held where the graph is put together.
  if (field !== undefined && 'subgraph' in field.extensions) return;
  if (caller.kind === 'anonymous') throw new RequestError('UNAUTHENTICATED');
  if (name === '_entities') {
    if (!mayRead(caller)) throw new RequestError('FORBIDDEN');
    return;
  }
  const access = field && accessOf(field);
  if (access === undefined || !allows(access, caller)) throw new RequestError('FORBIDDEN');
}

function rootFieldNames(document: DocumentNode, selections: SelectionSetNode): Set<string> {
  const fragments = fragmentsOf(document);
  const names = new Set<string>();
  const pending = [selections];
  for (let set = pending.pop(); set !== undefined; set = pending.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) pending.push(selection.selectionSet);
      else {
        const fragment = fragments.get(selection.name.value);
        fragments.delete(selection.name.value);
        if (fragment !== undefined) pending.push(fragment.selectionSet);
      }
    }
  }
  return names;
}
