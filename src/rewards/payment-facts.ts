import type { CommandTransaction } from '../platform/database/command';

// What a streak has added to an award since stands with the streak's own.
const messageAwardsSql = `
  SELECT a.brand_id, a.customer_id, a.message_id, a.action, coalesce(s.amount, a.amount) AS amount
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS t(brand_id, customer_id, message_id)
  JOIN message_awards a ON a.brand_id = t.brand_id AND a.customer_id = t.customer_id
    AND a.message_id = t.message_id
  LEFT JOIN streak_awards s ON s.event_id = a.event_id AND s.brand_id = a.brand_id AND s.once = a.action`;

const dailyAwardsSql = `
  SELECT a.brand_id, a.customer_id, a.rule_name, a.local_day, a.payments
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[]) AS t(brand_id, customer_id, rule_name, local_day)
  JOIN daily_awards a ON a.brand_id = t.brand_id AND a.customer_id = t.customer_id
    AND a.rule_name = t.rule_name AND a.local_day = t.local_day`;

const storeMessageAwardsSql = `
  INSERT INTO message_awards (brand_id, customer_id, message_id, action, amount, event_id)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::uuid[])`;

const storeDailyAwardsSql = `
  INSERT INTO daily_awards (brand_id, customer_id, rule_name, local_day, payments)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[], $5::integer[])
  ON CONFLICT (brand_id, customer_id, rule_name, local_day) DO UPDATE SET payments = excluded.payments`;

/** A customer and a message of a brand. */
export interface MessageKey {
  brandId: string;
  customerId: string;
  messageId: string;
}

/** A customer and a rule of a brand on one local day. */
export interface DayKey {
  brandId: string;
  customerId: string;
  ruleName: string;
  day: string;
}

interface MessageAward extends MessageKey {
  action: string;
  amount: number;
  eventId: string;
}

/** A rule that stacks adds its name to the action's. */
const isForOpen = (once: string) => once === 'OPEN' || once.startsWith('OPEN + ');
const messageName = (key: MessageKey) => `${key.brandId} ${key.customerId} ${key.messageId}`;
const dayName = (key: DayKey) => `${key.brandId} ${key.customerId} ${key.day} ${key.ruleName}`;

/**
 * What customers of a batch have been paid before: read once under the wallets' locks, extended in
 * memory event by event, then stored.
 */
export class PaymentFactsOfBatch {
  private readonly byMessage = new Map<string, Map<string, number>>();
  private readonly byDay = new Map<string, number>();
  private readonly newAwards: MessageAward[] = [];
  private readonly changedDays = new Map<string, DayKey>();

  static async read(
    tx: CommandTransaction,
    messages: readonly MessageKey[],
    days: readonly DayKey[],
  ): Promise<PaymentFactsOfBatch> {
    const facts = new PaymentFactsOfBatch();
    await Promise.all([
      messages.length > 0 ? facts.readMessages(tx, messages) : null,
      days.length > 0 ? facts.readDays(tx, days) : null,
    ]);
    return facts;
  }

  /** Whether the action was paid before on the message. */
  paidBefore(key: MessageKey, action: string): boolean {
    return this.byMessage.get(messageName(key))?.has(action) ?? false;
  }

  /** Mu paid on the message for anything but opening it. */
  actionMuPaid(key: MessageKey): number {
    return this.muPaid(key, (once) => !isForOpen(once));
  }

  /** Mu paid on the message for opening it. */
  openMuPaid(key: MessageKey): number {
    return this.muPaid(key, isForOpen);
  }

  paymentsThatDay(key: DayKey): number {
    return this.byDay.get(dayName(key)) ?? 0;
  }

  paidForMessage(key: MessageKey, action: string, amount: number, eventId: string): void {
    const paid = this.byMessage.get(messageName(key)) ?? new Map<string, number>();
    this.byMessage.set(messageName(key), paid.set(action, amount));
    this.newAwards.push({ ...key, action, amount, eventId });
  }

  /** An action that was paid before has been paid more by its streak: so much in all. */
  raised(key: MessageKey, action: string, amount: number): void {
    this.byMessage.get(messageName(key))?.set(action, amount);
  }

  paidForDay(key: DayKey): void {
    this.byDay.set(dayName(key), this.paymentsThatDay(key) + 1);
    this.changedDays.set(dayName(key), key);
  }

  async store(tx: CommandTransaction): Promise<void> {
    const awards = this.newAwards;
    if (awards.length > 0) {
      await tx.query(storeMessageAwardsSql, [
        awards.map((award) => award.brandId),
        awards.map((award) => award.customerId),
        awards.map((award) => award.messageId),
        awards.map((award) => award.action),
        awards.map((award) => award.amount),
        awards.map((award) => award.eventId),
      ]);
    }
    const days = [...this.changedDays.values()];
    if (days.length > 0) {
      await tx.query(storeDailyAwardsSql, [
        days.map((day) => day.brandId),
        days.map((day) => day.customerId),
        days.map((day) => day.ruleName),
        days.map((day) => day.day),
        days.map((day) => this.paymentsThatDay(day)),
      ]);
    }
  }

  private muPaid(key: MessageKey, counts: (once: string) => boolean): number {
    let sum = 0;
    for (const [once, amount] of this.byMessage.get(messageName(key)) ?? []) {
      if (counts(once)) sum += amount;
    }
    return sum;
  }

  private async readMessages(tx: CommandTransaction, keys: readonly MessageKey[]): Promise<void> {
    const distinct = [...new Map(keys.map((key) => [messageName(key), key])).values()];
    interface Row {
      brand_id: string;
      customer_id: string;
      message_id: string;
      action: string;
      amount: number;
    }
    const rows = await tx.query<Row>(messageAwardsSql, [
      distinct.map((key) => key.brandId),
      distinct.map((key) => key.customerId),
      distinct.map((key) => key.messageId),
    ]);
    for (const row of rows) {
      const key = { brandId: row.brand_id, customerId: row.customer_id, messageId: row.message_id };
      const paid = this.byMessage.get(messageName(key)) ?? new Map<string, number>();
      this.byMessage.set(messageName(key), paid.set(row.action, row.amount));
    }
  }

  private async readDays(tx: CommandTransaction, keys: readonly DayKey[]): Promise<void> {
    const distinct = [...new Map(keys.map((key) => [dayName(key), key])).values()];
    interface Row {
      brand_id: string;
      customer_id: string;
      rule_name: string;
      local_day: string;
      payments: number;
    }
    const rows = await tx.query<Row>(dailyAwardsSql, [
      distinct.map((key) => key.brandId),
      distinct.map((key) => key.customerId),
      distinct.map((key) => key.ruleName),
      distinct.map((key) => key.day),
    ]);
    for (const row of rows) {
      const key = {
        brandId: row.brand_id,
        customerId: row.customer_id,
        ruleName: row.rule_name,
        day: row.local_day,
      };
      this.byDay.set(dayName(key), row.payments);
    }
  }
}
