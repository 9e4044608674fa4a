import type { Job } from '../../src/platform/feature';
import { experimentsFeature } from '../../src/experiments';
import { must } from '../referrals/friends';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
  type TestServiceOptions,
} from '../support/test-service';

const hour = 3_600_000;

/** Runs these jobs until nothing is due, as a process does. */
export async function runJobs(
  { service, clock }: TestService,
  jobs: readonly Job[],
): Promise<void> {
  const { config, database, log } = service;
  for (const job of jobs) {
    while ((await job.run({ config, database, clock, log, limits: config.limits })) > 0);
  }
}

/** A brand with a budget and a number of customers, and what its experiments need of a test. */
export class Lab {
  private constructor(
    readonly t: TestService,
    readonly brand: TestBrand,
  ) {}

  static async open(slug = 'velora', options: TestServiceOptions = {}): Promise<Lab> {
    const t = await startTestService(options);
    return new Lab(t, await t.createBrand(slug, { budget: 200_000 }));
  }

  /** Another brand on the same service. */
  async beside(slug: string): Promise<Lab> {
    return new Lab(this.t, await this.t.createBrand(slug, { budget: 200_000 }));
  }

  do(file: string, input: Record<string, unknown>): Promise<Data> {
    return must(this.t, this.brand.apiKey, file, input);
  }

  async read(
    document: string,
    variables: Record<string, unknown> = {},
    bearer?: string,
  ): Promise<Data> {
    const { data, errors } = await this.t.run(document, variables, bearer ?? this.brand.apiKey);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return JSON.parse(JSON.stringify(data)) as Data;
  }

  /** So many customers, `name-0`, `name-1` …, with traits. */
  async people(name: string, count: number, traits: Data = {}): Promise<string[]> {
    const names = Array.from({ length: count }, (_, at) => `${name}-${at}`);
    for (let start = 0; start < count; start += 50) {
      await Promise.all(
        names
          .slice(start, start + 50)
          .map((externalId) => this.do('identify-customer', { externalId, traits })),
      );
    }
    return names;
  }

  async experiment(input: Record<string, unknown> = {}): Promise<Data> {
    const made = await this.do('create-experiment', {
      externalId: newKey(),
      outcome: 'CLICK',
      holdoutShare: 0.3,
      endsAt: this.later(30 * 24),
      ...input,
    });
    return made['experiment'] as Data;
  }

  /** Runs the jobs of experiments until nothing is due. */
  async settle(): Promise<void> {
    await runJobs(this.t, experimentsFeature.jobs);
  }

  /** External ids of the members of an arm. */
  async members(experiment: Data, arm: string | null = null): Promise<string[]> {
    const found: string[] = [];
    let after: string | null = null;
    do {
      const document = `query ($id: ID!, $arm: ExperimentArmName, $after: String) { node(id: $id) {
        ... on Experiment { members(arm: $arm, first: 100, after: $after) {
          nodes { arm customer { externalId } } pageInfo { hasNextPage endCursor } } } } }`;
      const { node } = await this.read(document, { id: experiment['id'], arm, after });
      found.push(...node.members.nodes.map((one: Data) => one['customer'].externalId as string));
      const { hasNextPage, endCursor } = node.members.pageInfo as Data;
      after = hasNextPage ? endCursor : null;
    } while (after !== null);
    return found.sort();
  }

  async lift(experiment: Data, bearer?: string): Promise<Data> {
    const document = `query ($id: ID!) { nudgeLift(experiment: $id) { asOf window { from until } modelVersion
      arms { arm size outcomes rate messages } uplift { difference low high } incremental muSpent
      muCost { amount } messageCost { amount } cost { amount currencyCode }
      costPerIncremental { amount } } }`;
    return (await this.read(document, { id: experiment['id'] }, bearer))['nudgeLift'] as Data;
  }

  /** Attention of a customer, a moment from now as the tests' clock goes. */
  attention(
    externalId: string,
    action: string,
    input: Record<string, unknown> = {},
  ): Promise<Data> {
    return this.do('record-attention', { customer: { externalId }, action, ...input });
  }

  later(hours: number): string {
    return new Date(Date.now() + this.t.clock.offsetMs + hours * hour).toISOString();
  }

  pass(hours: number): void {
    this.t.clock.offsetMs += hours * hour;
  }

  async funds(): Promise<{ budget: number; reserved: number }> {
    const { brand } = await this.read('{ brand { budget reserved } }');
    return brand as { budget: number; reserved: number };
  }
}
