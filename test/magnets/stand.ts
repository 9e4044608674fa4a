import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brandId } from '../../src/brands';
import { transferId } from '../../src/ledger';
import { idOf, tokenOf } from '../customers/people';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
  type TestServiceOptions,
} from '../support/test-service';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

const operations = {
  createMagnet: operation('create-magnet'),
  submitMagnetResponse: operation('submit-magnet-response'),
  closeMagnet: operation('close-magnet'),
  resolveMagnet: operation('resolve-magnet'),
  voidMagnet: operation('void-magnet'),
  withdrawAnswer: operation('withdraw-answer'),
  reverseTransfer: operation('reverse-transfer'),
  mergeCustomers: operation('merge-customers'),
};

export const magnetOperation = operation('magnet');
export const preferencesOperation = operation('customer-preferences');

let made = 0;

/** A brand at its stand in a test: it publishes magnets, and people answer them. */
export class Stand {
  private constructor(
    readonly t: TestService,
    readonly brand: TestBrand,
  ) {}

  static async open(slug: string, budget = 100_000, options?: TestServiceOptions): Promise<Stand> {
    const t = await startTestService(options);
    return new Stand(t, await t.createBrand(slug, { budget }));
  }

  /** The brand as the scope and the tenant of its commands. */
  get tenant(): { scope: string; tenant: string } {
    const uuid = brandId.decode(this.brand.id) as string;
    return { scope: uuid, tenant: uuid };
  }

  /** Another brand of the same service. */
  async beside(slug: string, budget = 100_000): Promise<Stand> {
    return new Stand(this.t, await this.t.createBrand(slug, { budget }));
  }

  /** Runs a mutation under a fresh key unless the input has one; answers its payload. */
  async call(
    mutation: keyof typeof operations,
    input: Record<string, unknown>,
    bearer = this.brand.apiKey,
  ): Promise<Data> {
    const variables = { input: { idempotencyKey: newKey(), ...input } };
    const { data, errors } = await this.t.run(operations[mutation], variables, bearer);
    if (errors !== undefined) throw errors[0] as Error;
    return JSON.parse(JSON.stringify(data[mutation])) as Data;
  }

  /** Publishes a magnet and answers its id; throws when it is refused. */
  async magnet(
    content: Record<string, unknown>,
    more: Record<string, unknown> = {},
  ): Promise<string> {
    made += 1;
    const input = { externalId: `magnet-${made}`, title: `Magnet ${made}`, content, ...more };
    const { magnet, userErrors } = await this.call('createMagnet', input);
    if (magnet === null) throw new Error(JSON.stringify(userErrors));
    return magnet.id as string;
  }

  /** The brand sends a customer's answer. */
  answer(magnetId: string, customer: string, answer: object, more: object = {}): Promise<Data> {
    const input = { magnetId, customer: { id: customer }, answer, ...more };
    return this.call('submitMagnetResponse', input);
  }

  /** A new customer of the brand; `confirmed` as if they had shown that the address is theirs. */
  async customer({ confirmed = false } = {}): Promise<string> {
    made += 1;
    const email = `taker-${made}@example.in`;
    const id = await idOf(this.t, this.brand, { externalId: `taker-${made}`, email });
    if (confirmed) {
      await this.t.database.query(
        'UPDATE brand_identities SET confirmed_at = now() WHERE value = $1',
        [email],
      );
    }
    return id;
  }

  token(customer: string): Promise<string> {
    return tokenOf(this.t, this.brand, { id: customer });
  }

  async ask(document: string, variables: object, bearer = this.brand.apiKey): Promise<Data> {
    const { data, errors } = await this.t.run(document, { ...variables }, bearer);
    if (errors !== undefined) throw errors[0] as Error;
    return JSON.parse(JSON.stringify(data)) as Data;
  }

  async balance(customer: string): Promise<number> {
    const document = 'query ($by: CustomerBy!) { customer(by: $by) { wallet { balance } } }';
    return (await this.ask(document, { by: { id: customer } }))['customer'].wallet
      .balance as number;
  }

  async funds(): Promise<{ budget: number; reserved: number }> {
    const { brand } = await this.ask('{ brand { budget reserved } }', {});
    return brand as { budget: number; reserved: number };
  }

  /** The brand reverses a transfer, named by its UUID. */
  reverse(uuid: string): Promise<Data> {
    const input = { id: transferId.encode(uuid), reason: 'a test' };
    return this.call('reverseTransfer', input);
  }

  close(): Promise<void> {
    return this.t.close();
  }
}

/** The codes a payload refuses with. */
export function codesOf(payload: Data): string[] {
  return (payload['userErrors'] as { code: string }[]).map(({ code }) => code);
}

export const quiz = (muPerRight = 5, questions = 5) => ({
  quiz: {
    muPerRight,
    questions: Array.from({ length: questions }, (_, at) => ({
      text: `Question ${at}`,
      options: ['one', 'two', 'three'],
      right: at % 3,
    })),
  },
});

export const poll = (mu = 3) => ({
  poll: { question: 'Tea or coffee?', options: ['tea', 'coffee', 'water'], mu },
});

export const prediction = (more: object = {}) => ({
  prediction: {
    question: 'Who wins?',
    options: ['Mumbai', 'Chennai', 'nobody'],
    muForAnswering: 1,
    muForRight: 10,
    ...more,
  },
});

export const feedback = (mu = 4) => ({
  feedback: { question: 'How was it?', highestScore: 5, mu },
});

export const preference = (more: object = {}) => ({
  preference: {
    question: 'Which genre do you read?',
    options: ['novels', 'poems', 'history'],
    mu: 15,
    purpose: 'To recommend books.',
    consentText: 'We keep your answer to recommend books.',
    consentVersion: '2026-11',
    ...more,
  },
});
