import { Kind, parse, print, visit, type DirectiveNode } from 'graphql';
import { ownSubgraph } from '../gateway';

const access = ['authenticated', 'requiresScopes', 'policy'];
const feature = new RegExp(`/(${access.join('|')})/v`);

/**
 * A supergraph for the router of somebody else: it asks our subgraph at `url`, and nobody's access
 * directives are in it, which most routers refuse or hold against scopes they do not know.
 */
export function forRouter(sdl: string, url: string): string {
  const router = visit(parse(sdl, { noLocation: true }), {
    Directive(node) {
      if (access.includes(node.name.value)) return null;
      if (node.name.value === 'link' && feature.test(textOf(node, 'url'))) return null;
      if (node.name.value !== 'join__graph' || textOf(node, 'name') !== ownSubgraph)
        return undefined;
      const found = (node.arguments ?? []).map((argument) =>
        argument.name.value === 'url'
          ? { ...argument, value: { kind: Kind.STRING as const, value: url } }
          : argument,
      );
      return { ...node, arguments: found };
    },
    DirectiveDefinition: (node) => (access.includes(node.name.value) ? null : undefined),
    // Such as policy__Policy, the type of its argument.
    ScalarTypeDefinition: (node) =>
      access.some((name) => node.name.value.startsWith(`${name}__`)) ? null : undefined,
  });
  return print(router);
}

function textOf({ arguments: given = [] }: DirectiveNode, name: string): string {
  const value = given.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}
