import { messagesByIds } from '../messages';
import type { CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { savedSegments } from '../segments';
import { segmentsAsked, type Definition } from './definition';
import { readDefinition, type DefinitionDraft } from './read-definition';

/** Something a definition names by its UUID: that of which definition, and the refusal where it is not there. */
interface Named {
  at: number;
  uuid: string;
  field: string[];
}

/**
 * Definitions fit to be stored, in order; one that names a message or a segment its brand has not is refused.
 */
export async function readDefinitions(
  tx: CommandTransaction,
  asked: readonly { draft: DefinitionDraft; brandId: string }[],
): Promise<(Definition | UserErrorShape)[]> {
  const read = asked.map(({ draft }) => readDefinition(draft, tx.limits));
  const good = read.flatMap((one, at) => ('code' in one ? [] : [{ at, one }]));
  const brandsOf = (named: readonly Named[]) => named.map(({ at }) => asked[at]?.brandId ?? '');
  const messages = good.flatMap(({ at, one }) => messagesOf(one, at));
  const segments = good.flatMap(({ at, one }) => segmentsOf(one, at));
  const sent = await messagesByIds(
    tx,
    messages.map(({ uuid }) => uuid),
    brandsOf(messages),
  );
  const saved = await savedSegments(
    tx,
    segments.map(({ uuid }) => uuid),
    brandsOf(segments),
  );
  const missing = new Map([
    ...messages.flatMap(({ at, field }, i) => (sent[i] == null ? [[at, field] as const] : [])),
    ...segments.flatMap(({ at, field }, i) => (saved[i] == null ? [[at, field] as const] : [])),
  ]);
  return read.map((one, at) => {
    const field = missing.get(at);
    return field === undefined ? one : userError('NOT_FOUND', field);
  });
}

function messagesOf({ steps }: Definition, at: number): Named[] {
  return steps.flatMap(({ messageId: uuid }) =>
    uuid == null ? [] : [{ at, uuid, field: ['steps', 'messageId'] }],
  );
}

function segmentsOf(definition: Definition, at: number): Named[] {
  const { segment } = definition.trigger;
  const ofTrigger = segment == null ? [] : [{ at, uuid: segment, field: ['trigger', 'segment'] }];
  const field = ['steps', 'branch', 'when', 'segment'];
  return [...ofTrigger, ...segmentsAsked(definition).map((uuid) => ({ at, uuid, field }))];
}
