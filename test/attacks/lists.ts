import {
  getNamedType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Answer } from '../support/http-service';
import type { Tenant, World } from './world';

/** A list of the schema that goes by pages. */
export interface List {
  name: string;
  /** Fields from the root to the object that has the list; a customer's begins with `customer`. */
  way: string[];
  field: GraphQLField<unknown, unknown>;
}

/** Every list at the root and below a customer. */
export function listsOf(schema: GraphQLSchema): List[] {
  const found: List[] = [];
  const known = new Set<string>();
  const queue = [
    { type: schema.getQueryType() as GraphQLObjectType, way: [] as string[] },
    { type: schema.getType('Customer') as GraphQLObjectType, way: ['customer'] },
  ];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { type, way } = next;
    if (known.has(type.name)) continue;
    known.add(type.name);
    for (const field of Object.values(type.getFields())) {
      const isList = field.args.some(({ name }) => name === 'after');
      if (isList) found.push({ name: [...way, field.name].join('.'), way, field });
      const below = getNamedType(field.type);
      const enters = way.length > 0 && !field.args.some(isRequiredArgument) && isObjectType(below);
      if (enters) queue.push({ type: below, way: [...way, field.name] });
    }
  }
  return found;
}

/** A page of a list as one brand reads it. */
export interface PageRead {
  answer: Answer;
  nodes: unknown[];
  endCursor: string | null;
}

interface Page {
  nodes: unknown[];
  pageInfo: { endCursor: string | null };
}

type Json = Record<string, unknown>;

/** Reads the page after a cursor of a tenant's list; a customer's list is that of its customer. */
export async function readList(
  { t }: World,
  { way, field }: List,
  tenant: Tenant,
  after: unknown,
  first?: number,
): Promise<PageRead> {
  const connection = getNamedType(field.type) as GraphQLObjectType;
  const node = getNamedType((connection.getFields()['nodes'] as typeof field).type);
  const shown = isObjectType(node) && 'id' in node.getFields() ? 'id' : '__typename';
  const ofSomebody = field.args.some(({ name }) => name === 'customer');
  const size = first === undefined ? '' : `, first: ${first}`;
  const place = `after: $after${ofSomebody ? ', customer: $by' : ''}${size}`;
  const inner = `${field.name}(${place}) { nodes { ${shown} } pageInfo { endCursor } }`;
  const body = way.slice(1).reduceRight((below, name) => `${name} { ${below} }`, inner);
  const atRoot = way.length === 0;
  const unnamed = atRoot && !ofSomebody;
  const head = unnamed ? 'query ($after: String)' : 'query ($after: String, $by: CustomerBy!)';
  const document = `${head} { ${atRoot ? body : `customer(by: $by) { ${body} }`} }`;
  const by = { externalId: tenant.customer['externalId'] };
  const variables = { after, ...(unnamed ? {} : { by }) };
  const answer = await t.ask(document, variables, tenant.key);
  const owner = atRoot ? answer.data : answer.data['customer'];
  // Where the way goes through a list, each of its items has a page.
  const pages = [...way.slice(1), field.name].reduce(
    (all: unknown[], name) => all.flatMap((one) => (one as Json | null)?.[name] ?? []),
    [owner],
  ) as Page[];
  const last = pages.find(({ pageInfo }) => pageInfo.endCursor !== null);
  return {
    answer,
    nodes: pages.flatMap(({ nodes }) => nodes),
    endCursor: last?.pageInfo.endCursor ?? null,
  };
}
