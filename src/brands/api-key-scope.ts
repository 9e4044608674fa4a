import { registerEnumType } from 'type-graphql';
import { brandScopes, type BrandScope } from '../platform/auth/caller';

/** Every scope there is, in the order of the registry. */
export const allScopes = Object.keys(brandScopes) as BrandScope[];

function nameOf(scope: BrandScope): string {
  return scope.slice('mu:'.length).toUpperCase();
}

/** The scopes as a GraphQL enum: `CUSTOMERS` outside is `mu:customers` inside. */
export const ApiKeyScopeEnum: Record<string, BrandScope> = Object.fromEntries(
  allScopes.map((scope) => [nameOf(scope), scope]),
);

registerEnumType(ApiKeyScopeEnum, {
  name: 'ApiKeyScope',
  description: 'One thing an API key may do; a router knows the scope as `mu:` and its small name.',
  valuesConfig: Object.fromEntries(
    allScopes.map((scope) => [nameOf(scope), { description: brandScopes[scope] }]),
  ),
});
