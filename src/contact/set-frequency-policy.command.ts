import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import type { Checked } from '../platform/text';
import type { PolicyRow } from './contact.loader';
import type { FrequencyCap } from './frequency';
import { checkQuietHours } from './set-quiet-hours.command';

/** A brand's whole policy; what is left out is no longer part of it. */
export interface SetFrequencyPolicy {
  quietHours?: { from: string; until: string } | null;
  caps: readonly Partial<FrequencyCap>[];
}

export interface FrequencyPolicyAnswer extends Answer {
  policy?: PolicyRow;
}

const storeSql = `
  INSERT INTO frequency_policies (brand_id, quiet_from, quiet_until, caps, updated_at)
  SELECT t.*, $5 FROM unnest($1::uuid[], $2::smallint[], $3::smallint[], $4::jsonb[])
    AS t(brand_id, quiet_from, quiet_until, caps)
  ORDER BY t.brand_id
  ON CONFLICT (brand_id) DO UPDATE SET quiet_from = excluded.quiet_from,
    quiet_until = excluded.quiet_until, caps = excluded.caps, updated_at = excluded.updated_at`;

/** Settles when and how often brands write to their customers; the last policy counts. */
export const setFrequencyPolicy: CommandHandler<SetFrequencyPolicy, FrequencyPolicyAnswer> = {
  kind: 'setFrequencyPolicy',
  async execute(tx, commands) {
    const last = new Map<string, PolicyRow>();
    const answers = commands.map(({ input, tenant }): FrequencyPolicyAnswer => {
      const { quietHours } = input;
      const hours = checkQuietHours(quietHours?.from ?? null, quietHours?.until ?? null, [
        'quietHours',
      ]);
      if (hours.refusal) return refused(hours.refusal);
      const caps = checkCaps(input.caps, tx.limits);
      if (caps.refusal) return refused(caps.refusal);
      const policy = {
        brand_id: tenant as string,
        quiet_from: hours.value?.from ?? null,
        quiet_until: hours.value?.until ?? null,
        caps: caps.value,
        updated_at: tx.now,
      };
      last.set(policy.brand_id, policy);
      return { policy, userErrors: [] };
    });
    await store(tx, [...last.values()]);
    return answers;
  },
};

async function store(tx: CommandTransaction, policies: readonly PolicyRow[]): Promise<void> {
  if (policies.length === 0) return;
  await tx.query(storeSql, [
    policies.map((policy) => policy.brand_id),
    policies.map((policy) => policy.quiet_from),
    policies.map((policy) => policy.quiet_until),
    policies.map((policy) => JSON.stringify(policy.caps)),
    tx.now,
  ]);
}

/** At most one cap for each channel and one for all, each of at least one message. */
function checkCaps(
  caps: readonly Partial<FrequencyCap>[],
  { frequencyCap: most }: Limits,
): Checked<FrequencyCap[]> {
  const places = new Set<string | null>();
  const checked: FrequencyCap[] = [];
  for (const [at, { channel = null, perDay = null, perWeek = null }] of caps.entries()) {
    const invalid = (part: string, message: string): { refusal: UserErrorShape } => ({
      refusal: userError('INVALID_VALUE', ['caps', String(at), part], message),
    });
    if (places.has(channel))
      return invalid('channel', 'There is a cap for it in the list already.');
    if (perDay === null && perWeek === null)
      return invalid('perDay', 'Say how many, in a day or a week.');
    for (const [part, count] of Object.entries({ perDay, perWeek })) {
      if (count !== null && (count < 1 || count > most)) {
        return invalid(part, `Must be from 1 to ${most}.`);
      }
    }
    places.add(channel);
    checked.push({ channel, perDay, perWeek });
  }
  return { value: checked };
}
