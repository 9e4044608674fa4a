import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';
import { idOf } from '../customers/people';

const files = {
  createQrCode: 'create-qr-code',
  openClaim: 'open-claim',
  answerClaim: 'answer-claim',
  bindClaim: 'bind-claim',
  recordMessage: 'record-message',
  reverseTransfer: 'reverse-transfer',
} as const;

type Write = keyof typeof files;

const documents = Object.fromEntries(
  Object.entries(files).map(([write, file]) => [
    write,
    readFileSync(join(__dirname, '../../schema/operations', `${file}.graphql`), 'utf8'),
  ]),
);

let names = 0;

/** A brand's shop with codes on its shelves, and the readers who scan them. */
export class ClaimDesk {
  constructor(
    readonly t: TestService,
    readonly brand: TestBrand,
  ) {}

  async run(
    write: Write,
    input: Record<string, unknown>,
    bearer = this.brand.apiKey,
  ): Promise<Data> {
    const variables = { input: { idempotencyKey: newKey(), ...input } };
    const { data, errors } = await this.t.run(documents[write] as string, variables, bearer);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data[write] as Data;
  }

  /** The text of a new code. */
  async code(input: Record<string, unknown> = {}): Promise<string> {
    const code = `PT-${(names += 1)}`;
    const { userErrors } = await this.run('createQrCode', {
      code,
      name: 'A chapter',
      mu: 50,
      ...input,
    });
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return code;
  }

  /** The id of a claim whose Mu waits. */
  async pending(input: Record<string, unknown> = {}): Promise<string> {
    const code = (input['code'] as string | undefined) ?? (await this.code(input));
    const { claim } = await this.run('openClaim', { code });
    const { userErrors } = await this.run('answerClaim', { claimId: claim.id });
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return claim.id as string;
  }

  /** A customer with a confirmed number, or one without. */
  reader(confirmed = true): Promise<string> {
    const n = (names += 1);
    const phone = `+91982${String(1_000_000 + n)}`;
    return idOf(this.t, this.brand, {
      externalId: `reader-${n}`,
      phone,
      confirmed: confirmed ? ['PHONE'] : [],
    });
  }

  async funds(): Promise<{ budget: number; reserved: number }> {
    const { data } = await this.t.run('{ brand { budget reserved } }', {}, this.brand.apiKey);
    return data['brand'] as { budget: number; reserved: number };
  }

  async balance(id: string): Promise<number> {
    const document = `query ($by: CustomerBy!) { customer(by: $by) { wallet { balance } } }`;
    const { data } = await this.t.run(document, { by: { id } }, this.brand.apiKey);
    return data['customer'].wallet.balance as number;
  }

  async claim(id: string): Promise<Data> {
    const document = `query ($id: ID!) { claim(id: $id) { state mu walletState customer { id } } }`;
    const { data } = await this.t.run(document, { id }, this.brand.apiKey);
    return data['claim'] as Data;
  }

  /** Runs the jobs until nothing is due. */
  async settle(): Promise<void> {
    const { database, clock, log, config, features } = this.t.service;
    for (const job of features.flatMap((feature) => feature.jobs)) {
      if (!/^expire-(claims|messages)$/.test(job.name)) continue;
      while ((await job.run({ database, clock, log, config, limits: config.limits })) > 0);
    }
  }
}

export const codesOf = (payload: Data): string[] =>
  payload['userErrors'].map((one: Data) => one['code']);
