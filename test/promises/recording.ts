import {
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Data, RunResult, TestService } from '../support/test-service';

/** A mutation as it was sent, and what it was answered. */
export interface Recorded {
  /** The field of the mutation; a document of several stands for its first. */
  mutation: string;
  document: string;
  variables: Data;
  bearer: string | undefined;
  answer: Pick<RunResult, 'data' | 'errors'>;
}

/** The same service, of which every mutation that is sent is kept in `kept`, with its answer. */
export function recorded(t: TestService, kept: Recorded[]): TestService {
  return {
    ...t,
    async run(document, variables = {}, bearer) {
      const sent = structuredClone(variables);
      const answer = await t.run(document, variables, bearer);
      const mutation = mutationOf(document);
      if (mutation !== null)
        kept.push({ mutation, document, variables: sent, bearer, answer: plainly(answer) });
      return answer;
    },
  };
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  return document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
}

function mutationOf(text: string): string | null {
  const { operation, selectionSet } = operationOf(parse(text));
  const [first] = selectionSet.selections as readonly FieldNode[];
  return operation === 'mutation' && first !== undefined ? first.name.value : null;
}

/** As it travels: errors as clients read them, moments as texts. */
function plainly({ data, errors }: RunResult): Recorded['answer'] {
  return JSON.parse(JSON.stringify({ data, errors })) as Recorded['answer'];
}

/** What of a thing with an id of its own can never become another. */
const lasting = new Set(['id', 'amount', 'number', 'balanceAfter']);

const decidedDocuments = new Map<string, DocumentNode>();

/**
 * A mutation without what is read live: a thing with an id of its own is shown as it is now
 * (docs/decisions/0004), so what is left of it is who it is.
 */
function decidedBy(schema: GraphQLSchema, text: string): DocumentNode {
  const known = decidedDocuments.get(text);
  if (known !== undefined) return known;
  const info = new TypeInfo(schema);
  const decided = visit(
    parse(text),
    visitWithTypeInfo(info, {
      Field: {
        enter({ name }) {
          const parent = info.getParentType();
          const isThing =
            isObjectType(parent) &&
            ('id' in parent.getFields() || parent.name === 'BrandRelationship');
          return isThing && !lasting.has(name.value) ? null : undefined;
        },
        leave(node) {
          const isObject = isCompositeType(getNamedType(info.getType()));
          return isObject && node.selectionSet?.selections.length === 0 ? null : undefined;
        },
      },
    }),
  );
  decidedDocuments.set(text, decided);
  return decided;
}

/** What of an answer such a document asks for, and whether it was the first aside. */
function picked(value: unknown, selectionSet: SelectionSetNode | undefined): unknown {
  if (selectionSet === undefined || value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((one) => picked(one, selectionSet));
  const found = value as Data;
  return Object.fromEntries(
    selectionSet.selections.flatMap((one) => {
      if (one.kind === Kind.INLINE_FRAGMENT)
        return Object.entries(picked(found, one.selectionSet) as Data);
      if (one.kind === Kind.FRAGMENT_SPREAD) return [];
      const key = one.alias?.value ?? one.name.value;
      if (!(key in found) || one.name.value === 'replayed') return [];
      return [[key, picked(found[key], one.selectionSet)]];
    }),
  );
}

/** Ids of those who were erased or became others, whom no answer shows any longer as who they were. */
export function goneSince(kept: readonly Recorded[]): Set<string> {
  return new Set(
    kept.flatMap(({ mutation, variables }) => {
      const input = variables['input'] as Data | undefined;
      if (mutation === 'eraseCustomer') return (input?.['customer'].id as string | undefined) ?? [];
      return mutation === 'mergeCustomers'
        ? ((input?.['from'].id as string | undefined) ?? [])
        : [];
    }),
  );
}

/** What is said now; but wherever somebody was named who has gone since, as it was said. */
function sparing(now: unknown, then: unknown, gone: ReadonlySet<string>): unknown {
  const before = then as Data | null | undefined;
  if (gone.has(before?.['id'] as string)) return then;
  if (typeof now !== 'object' || now === null) return now;
  if (Array.isArray(now)) return now.map((one, at) => sparing(one, before?.[at], gone));
  return Object.fromEntries(
    Object.entries(now).map(([key, value]) => [key, sparing(value, before?.[key], gone)]),
  );
}

/** Sends a recorded mutation again; what was decided then, and what is said to have been decided now. */
export async function sendAgain(
  t: TestService,
  { document, variables, bearer, answer }: Recorded,
  gone: ReadonlySet<string>,
): Promise<{ then: unknown; now: unknown }> {
  const decided = decidedBy(t.service.publicSchema, document);
  const { selectionSet } = operationOf(decided);
  const again = plainly(await t.run(print(decided), variables, bearer));
  const told = (one: Recorded['answer']) => ({
    data: picked(one.data, selectionSet),
    errors: one.errors?.map(({ message }) => message),
  });
  const then = told(answer);
  return { then, now: sparing(told(again), then, gone) };
}
