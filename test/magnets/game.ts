import { settleMagnets } from '../../src/magnets/settle-magnets.job';
import type { Data } from '../support/test-service';
import { magnetOperation, poll, type Stand } from './stand';

/** Predictions at a stand, and people who make them. */
export class Game {
  constructor(private readonly stand: Stand) {}

  /** A confirmed customer with this much Mu of the brand's. */
  async player(mu: number): Promise<string> {
    const customer = await this.stand.customer({ confirmed: true });
    if (mu === 0) return customer;
    await this.stand.answer(await this.stand.magnet(poll(mu)), customer, { poll: 0 });
    return customer;
  }

  bet(magnet: string, customer: string, choice: number, stakeMu?: number): Promise<Data> {
    return this.stand.answer(magnet, customer, { prediction: { choice, stakeMu } });
  }

  resolve(magnet: string, winningOption: number): Promise<Data> {
    return this.stand.call('resolveMagnet', { id: magnet, winningOption });
  }

  /** Runs the job until it finds nothing due; answers how often it ran. */
  async settleAll(): Promise<number> {
    const { config, database, log } = this.stand.t.service;
    const context = { config, database, clock: this.stand.t.clock, log, limits: config.limits };
    let runs = 1;
    while ((await settleMagnets.run(context)) > 0) runs += 1;
    return runs;
  }

  async seen(magnet: string): Promise<Data> {
    return (await this.stand.ask(magnetOperation, { id: magnet }))['magnet'] as Data;
  }
}
