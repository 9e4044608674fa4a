import { CriticalityLevel, diff, DiffRule, type Change } from '@graphql-inspector/core';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { buildASTSchema, parse } from 'graphql';
import { federationChanges, type SchemaChange } from './federation-changes';

const severities: Record<CriticalityLevel, SchemaChange['severity']> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};

/**
 * What changed between two versions of a subgraph's SDL, breaking changes first. What the older one marks
 * as deprecated may go.
 */
export async function schemaChanges(before: string, after: string): Promise<SchemaChange[]> {
  const [old, now] = [parse(before), parse(after)];
  const [oldSchema, newSchema] = [old, now].map((document) =>
    buildASTSchema(document, { assumeValidSDL: true }),
  );
  const rules = [
    DiffRule.ignoreDescriptionChanges,
    DiffRule.suppressRemovalOfDeprecatedField,
    ignoreDirectives,
  ];
  const changes = await diff(oldSchema ?? null, newSchema ?? null, rules);
  const all = [
    ...changes.map(({ criticality, path = '', message }) => {
      return { severity: severities[criticality.level], path, message };
    }),
    ...federationChanges(old, now),
  ];
  const order = Object.values(severities);
  return all.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** What stops these subgraphs from being one graph; empty when nothing does. */
export function compositionErrors(subgraphs: Record<string, string>): string[] {
  const services = Object.entries(subgraphs).map(([name, sdl]) => {
    return { name, typeDefs: parse(sdl) };
  });
  const result = composeServices(services);
  return compositionHasErrors(result) ? result.errors.map(({ message }) => message) : [];
}

/** The directives of federation are judged by rules of our own. */
function ignoreDirectives({ changes }: { changes: Change[] }): Change[] {
  return changes.filter(({ type }) => !type.startsWith('DIRECTIVE_USAGE_'));
}
