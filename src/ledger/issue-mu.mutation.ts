import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { brandId as brandIds, brandLoader, brandsThatExist, Brand } from '../brands';
import { scopeOf } from '../platform/auth/caller';
import type { Answer, Command, CommandHandler } from '../platform/database/command';
import { refused } from '../platform/database/command';
import { toEntity } from '../platform/database/rows';
import { userError, type UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import type { Limits } from '../platform/limits';
import { checkIdempotencyKey, checkText } from '../platform/text';
import { budget, mint } from './account';
import { checkAmount } from './amount';
import { Posting } from './posting';
import { TransferEntity } from './transfer.entity';
import { LedgerTransfer } from './transfer.type';
import type { TransferRow } from './transfer';

@InputType({ description: 'Mu for a brand’s budget.' })
export class IssueMuInput {
  @Field(() => ID, { description: 'The brand that gets the Mu.' })
  brandId!: string;

  @Field(() => Mu, { description: 'How much, from 1 to 10^15.' })
  amount!: number;

  @Field(() => String, { description: 'Why, for example an invoice number; shown on the ledger.' })
  reason!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the platform.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `issueMu` did.' })
export class IssueMuPayload {
  @Field(() => LedgerTransfer, { nullable: true, description: 'The transfer; null when refused.' })
  transfer!: LedgerTransfer | null;

  @Field(() => Brand, { nullable: true, description: 'The brand; null when refused.' })
  brand!: Brand | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

type Input = Omit<IssueMuInput, 'idempotencyKey'>;

interface IssueMuAnswer extends Answer {
  brandId?: string;
  transfer?: TransferRow;
}

@Resolver()
export class IssueMuMutation {
  @Allow({ platform: true })
  @Mutation(() => IssueMuPayload, {
    description:
      'Creates Mu: from the mint into a brand’s budget. The only way Mu comes into being.',
  })
  async issueMu(
    @Arg('input', () => IssueMuInput, { description: 'Whom, how much, why.' }) input: IssueMuInput,
    @Ctx() context: Context,
  ): Promise<IssueMuPayload> {
    const { idempotencyKey, ...rest } = input;
    checkIdempotencyKey(idempotencyKey);
    const { answer, replayed } = await context.commands.submit<IssueMuAnswer>({
      kind: 'issueMu',
      scope: scopeOf(context.caller),
      tenant: brandIds.decode(input.brandId),
      key: idempotencyKey,
      input: rest,
    });
    await refreshReads(context);
    return {
      transfer: answer.transfer ? toEntity(TransferEntity, { ...answer.transfer }) : null,
      brand: answer.brandId ? await brandLoader(context).load(answer.brandId) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}

/** Issues Mu for a list of commands; unknown brands and amounts out of range are refused one by one. */
export const issueMu: CommandHandler<Input, IssueMuAnswer> = {
  kind: 'issueMu',
  async execute(tx, commands) {
    const decoded = commands.map((command) => brandIds.decode(command.input.brandId));
    const known = await brandsThatExist(
      tx,
      decoded.filter((id) => id !== null),
    );
    const brands = decoded.map((id) => (id !== null && known.has(id) ? id : null));
    const funded = brands.filter((id) => id !== null);
    const posting = await Posting.open(
      tx,
      funded.length > 0 ? [mint, ...funded.map(budget)] : [],
      [],
    );
    const answers = commands.map((command, at) =>
      issueOne(posting, command, brands[at] ?? null, tx.limits),
    );
    await posting.flush();
    return answers;
  },
};

function issueOne(
  posting: Posting,
  command: Command<Input>,
  brandId: string | null,
  limits: Limits,
): IssueMuAnswer {
  const { amount, reason } = command.input;
  if (brandId === null) return refused(userError('NOT_FOUND', ['brandId']));
  const text = checkText(reason, { maxBytes: limits.textBytes, field: ['reason'] });
  if (text.refusal) return refused(text.refusal);
  const wrong = checkAmount(amount, limits);
  if (wrong !== null) return refused(wrong);
  const posted = posting.transfer({
    kind: 'ISSUE',
    debit: mint,
    credit: budget(brandId),
    amount,
    reason: text.value,
    brandId,
  });
  if (typeof posted === 'string') return refused(userError('AMOUNT_TOO_LARGE', ['amount']));
  return { brandId, transfer: posted.transfer, userErrors: [] };
}
