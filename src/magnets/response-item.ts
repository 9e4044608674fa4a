import type { AttentionAction } from '../attention';
import { customerId } from '../customers';
import type { WalletSnapshot } from '../ledger';
import { messageId, type MessageEntity } from '../messages';
import type { Command } from '../platform/database/command';
import type { UserErrorShape } from '../platform/errors';
import { recordAttention, type GrantSnapshot, type RecordAttention } from '../rewards';
import type { Grade } from './grade';
import type { MagnetAnswer, MagnetKind } from './magnet-content';
import type { MagnetRow } from './magnet.entity';
import { magnetId } from './magnet.id';
import type { MagnetResponseSnapshot } from './magnet-response.entity';

/** An answer of a customer to be judged, stored and paid; ids are UUIDs. */
export interface ResponseItem {
  brandId: string;
  customerId: string;
  magnetId: string | null;
  answer: MagnetAnswer;
  /** The message the magnet was seen in, where the magnet has none of its own. */
  messageId?: string | null;
  /** Whether what comes out is shown to the customer; else to the brand. */
  byOwner: boolean;
  /** What Mu has been set aside for already, by its UUID, which then pays; such as a claim. */
  purposeId?: string | null;
  /** When it was answered, if before now: a magnet that was closed since takes it still. */
  answeredAt?: Date | null;
}

/** What became of an answer. With a response there may be refusals too: why it was not paid. */
export interface ResponseOutcome {
  response?: MagnetResponseSnapshot;
  grants?: GrantSnapshot[];
  wallet?: WalletSnapshot;
  userErrors: UserErrorShape[];
}

/** An answer that may be given, as far as one can say without looking at the customer. */
export interface Draft {
  item: ResponseItem;
  magnet: MagnetRow;
  message: MessageEntity | null;
  grade: Grade;
}

/** An answer that is given. */
export interface Given extends Draft {
  round: number;
  /** Whether the budget could not set aside what a right answer would pay. */
  unpromised: boolean;
}

const actionOf: Record<MagnetKind, AttentionAction> = {
  QUIZ: 'QUIZ',
  POLL: 'POLL',
  PREDICTION: 'POLL',
  FEEDBACK: 'FEEDBACK',
  PREFERENCE: 'SURVEY',
};

const doneWith: Record<MagnetKind, string> = {
  QUIZ: 'Took a quiz',
  POLL: 'Voted',
  PREDICTION: 'Made a prediction',
  FEEDBACK: 'Gave feedback',
  PREFERENCE: 'Answered a question',
};

/** The attention an answer is, with what it is worth; no part of the answer is in it. */
export function attentionOf({
  item,
  magnet,
  message,
  grade: graded,
  round,
}: Given): Command<RecordAttention> {
  const { brandId, customerId: customer, byOwner, purposeId } = item;
  const id = magnetId.encode(magnet.id);
  return {
    kind: recordAttention.kind,
    scope: brandId,
    tenant: brandId,
    key: id,
    input: {
      customer: { id: customerId.encode(customer) },
      messageId: message === null ? null : messageId.encode(message.uuid),
      action: actionOf[magnet.kind],
      properties: { magnetId: id, kind: magnet.kind },
      price: {
        mu: graded.mu,
        reason: reasonOf(magnet, graded),
        once: `${magnet.kind} ${id} ${round}`,
        purposeId,
        toOwner: byOwner,
      },
    },
  };
}

function reasonOf({ kind, title }: MagnetRow, { right, of }: Grade): string {
  return `${doneWith[kind]}: ${title}${right === null ? '' : `, ${right} of ${of} right`}`;
}
