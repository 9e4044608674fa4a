import { breakStreaks } from '../../../src/rewards/streaks/break-streaks.job';
import { newKey, type Data } from '../../support/test-service';
import { openDesk, type Desk } from '../desk';

const day = 86_400_000;
const hour = 3_600_000;
/** A noon two weeks ago, from which the tests count days. */
const noon = Math.floor(Date.now() / day - 14) * day + day / 2;

/** A desk that mails its customers, with days that pass as a test wants. */
export class Mailer {
  constructor(readonly desk: Desk) {}

  /** Lets it be so many days after the first noon. */
  at(days: number, hours = 0): Date {
    const moment = new Date(noon + days * day + hours * hour);
    this.desk.t.clock.offsetMs = moment.getTime() - Date.now();
    return moment;
  }

  async customer(): Promise<string> {
    const externalId = newKey();
    await this.desk.call('identifyCustomer', { externalId });
    return externalId;
  }

  rule(input: Data): Promise<Data> {
    return this.desk.call('upsertEarnRule', { amount: 1, streak: {}, ...input });
  }

  visit(externalId: string, occurredAt?: Date): Promise<Data> {
    const input = { customer: { externalId }, occurredAt: occurredAt?.toISOString() };
    return this.desk.call('recordAttention', { ...input, action: 'VISIT' });
  }

  /** Records a message and delivers it to a customer. */
  async mail(externalId: string, message: Data = {}): Promise<string> {
    const made = await this.desk.call('recordMessage', {
      externalId: newKey(),
      channel: 'EMAIL',
      ...message,
    });
    const { id } = made['message'] as { id: string };
    await this.desk.call('recordDeliveries', { messageId: id, customers: [{ externalId }] });
    return id;
  }

  open(externalId: string, messageId: string, occurredAt?: Date): Promise<Data> {
    const input = { customer: { externalId }, messageId, occurredAt: occurredAt?.toISOString() };
    return this.desk.call('recordAttention', { ...input, action: 'OPEN' });
  }

  async streaks(externalId: string): Promise<Data[]> {
    const { t, brand } = this.desk;
    const { data } = await t.run(
      `query ($by: CustomerBy!) { customer(by: $by) { streaks {
        unit current best state lastDay lastMessage { id } nextMu rule { name } } } }`,
      { by: { externalId } },
      brand.apiKey,
    );
    return data['customer'].streaks as Data[];
  }

  /** Runs the job that finds broken streaks until it finds none. */
  async nightfall(): Promise<void> {
    const { service, clock } = this.desk.t;
    const { database, config } = service;
    const context = { database, config, clock, limits: config.limits };
    while ((await breakStreaks.run(context as never)) > 0);
  }

  /** What was announced of a customer's streaks, oldest first: change, previous and current length. */
  async told(externalId: string): Promise<unknown[][]> {
    const rows = await this.desk.t.database.query<{ payload: Data }>(
      `SELECT o.payload FROM outbox o JOIN relationships r ON r.customer_id = o.customer_id
       WHERE o.topic = 'streak.changed' AND r.external_id = $1 ORDER BY o.id`,
      [externalId],
    );
    return rows.map(({ payload }) => [payload['change'], payload['previous'], payload['current']]);
  }
}

export async function openMailer(slug: string): Promise<Mailer> {
  return new Mailer(await openDesk(slug, 1_000_000));
}

export function balance(payload: Data): number {
  return payload['wallet'].balance as number;
}
