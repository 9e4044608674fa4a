import { extractLinkImplementations } from '@theguild/federation-composition';
import { parse, visit, type DocumentNode } from 'graphql';
import type { PartnerSettings } from '../supergraph';
import type { SupergraphConfig } from './config';
import { argumentsOf, Joins } from './joins';
import { relaxedFields } from './nullable';

/**
 * What is not wrong and yet may not be meant: tags of contracts that nothing carries, policies nobody can
 * pass, settings of an address that nothing uses; and which fields are published as nullable. A line each.
 */
export function hintsOf(
  supergraphSdl: string,
  config: SupergraphConfig,
  partners: readonly PartnerSettings[],
): string[] {
  const document = parse(supergraphSdl, { noLocation: true });
  return [
    ...unusedTags(document, config),
    ...unknownPolicies(document, config),
    ...(partners.length === 0 ? [] : publishedNullable(document)),
  ];
}

function unusedTags(document: DocumentNode, { contracts }: SupergraphConfig): string[] {
  if (contracts.size === 0) return [];
  const tags = new Set(
    applied(document, 'https://specs.apollo.dev/tag', '@tag').map(({ name }) => String(name)),
  );
  return [...contracts].flatMap(([name, { exclude, include }]) =>
    [...exclude, ...include]
      .filter((tag) => !tags.has(tag))
      .map((tag) => `contract ${name}: nothing carries the tag ${tag}`),
  );
}

function unknownPolicies(document: DocumentNode, { policies }: SupergraphConfig): string[] {
  const named = applied(document, 'https://specs.apollo.dev/policy', '@policy').flatMap((policy) =>
    (policy['policies'] as string[][]).flat(),
  );
  return [...new Set(named)]
    .filter((policy) => !policies.has(policy))
    .map(
      (policy) => `policy ${policy}: the configuration does not say who passes it, so nobody does`,
    );
}

function publishedNullable(document: DocumentNode): string[] {
  const fields = [...relaxedFields(document, new Joins(document))];
  if (fields.length === 0) return [];
  return [`published as nullable, because a partner may be down: ${fields.join(', ')}`];
}

/** The arguments of every application of a directive in a document. */
function applied(document: DocumentNode, spec: string, name: string): Record<string, unknown>[] {
  const own = extractLinkImplementations(document).resolveImportName(spec, name);
  const found: Record<string, unknown>[] = [];
  visit(document, { Directive: (node) => void found.push(...argumentsOf([node], own)) });
  return found;
}
