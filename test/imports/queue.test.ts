import type { Answer, Command, CommandTransaction } from '../../src/platform/database/command';
import { ConflictError } from '../../src/platform/database/errors';
import { recordEvents } from '../../src/imports/record-events.job';
import { features } from '../../src/server/features';
import { followedHandlers } from '../../src/server/followed-handlers';
import { Lab, runJobs } from '../experiments/lab';
import { type Data } from '../support/test-service';
import { bring, imported, standingOf, track, work } from './desk';

let lab: Lab;
let other: Lab;

beforeAll(async () => {
  lab = await Lab.open();
  other = await lab.beside('other');
});

afterAll(() => lab.t.close());

const handlers = followedHandlers(features);

/** As the service performs commands. */
async function perform(tx: CommandTransaction, commands: readonly Command[]): Promise<Answer[]> {
  const handler = handlers.find(({ kind }) => kind === commands[0]?.kind);
  return handler === undefined ? [] : handler.execute(tx, commands);
}

/** What a job is run with. */
const context = () => {
  const { log, config, database } = lab.t.service;
  return { log, config, database, clock: lab.t.clock, limits: config.limits };
};

const many = (count: number, name: string, people = 7): Data[] =>
  Array.from({ length: count }, (_, at) => track('Email Opened', `${name}-${at % people}`));

async function eventsOf(name: string): Promise<number> {
  const [row] = await lab.t.database.query<{ count: string }>(
    `SELECT count(*) FROM attention_events e JOIN relationships r USING (customer_id, brand_id)
     WHERE r.external_id LIKE $1`,
    [`${name}-%`],
  );
  return Number(row?.count);
}

describe('The queue of imports', () => {
  it('records each event once when a set is cut off after it was recorded', async () => {
    const { importJob } = await bring(lab, many(150, 'q1'));
    let cut = 0;
    const dying = recordEvents(async (tx, commands) => {
      const answers = await perform(tx, commands);
      if (cut === 3) return answers;
      cut += 1;
      throw new ConflictError('the process died here');
    });
    for (let turn = 0; turn < 3; turn += 1) {
      await expect(dying.run(context())).rejects.toThrow('died');
    }
    expect(await eventsOf('q1')).toBe(0);
    await work(lab);
    const done = await standingOf(lab, importJob['id'] as string);
    expect(done).toMatchObject({ status: 'DONE', recorded: 150, duplicates: 0, refused: 0 });
    expect(await eventsOf('q1')).toBe(150);
  });

  it('records each event once when many processes work at a time', async () => {
    const first = await bring(lab, many(250, 'q2'));
    const second = await bring(other, many(250, 'q2'));
    const job = recordEvents(perform);
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let done = 1; done > 0;) {
          done = await job.run(context()).catch((error: unknown) => {
            // The loop of jobs tries again after a conflict, as here.
            if ((error as { code?: string }).code !== '40P01') throw error;
            return 1;
          });
        }
      }),
    );
    await work(lab);
    const ids = [first, second].map(({ importJob }) => importJob['id'] as string);
    expect(await standingOf(lab, ids[0] as string)).toMatchObject({
      recorded: 250,
      status: 'DONE',
    });
    expect(await standingOf(other, ids[1] as string)).toMatchObject({ recorded: 250 });
    expect(await eventsOf('q2')).toBe(500);
  });

  it('serves brands in turn, so that nobody waits for the whole import of another', async () => {
    const large = await bring(lab, many(500, 'q3'));
    const small = await bring(other, many(60, 'q3'));
    const job = recordEvents(perform);
    const turns = async (count: number): Promise<void> => {
      for (let turn = 0; turn < count; turn += 1) await job.run(context());
    };
    // Each brand has its customers made in one turn, and its first hundred events recorded in another.
    await turns(5);
    expect(await standingOf(other, small['importJob'].id as string)).toMatchObject({
      status: 'DONE',
      recorded: 60,
    });
    expect((await standingOf(lab, large['importJob'].id as string))['status']).toBe('RUNNING');
    await work(lab);
  });

  it('records a set at a time, of so many events as the limit says', async () => {
    const { limits } = lab.t.service.config;
    const sizes: number[] = [];
    const job = recordEvents((tx, commands) => {
      sizes.push(commands.length);
      return perform(tx, commands);
    });
    await imported(lab, many(7, 'q4'));
    await bring(lab, many(limits.importSet + 1, 'q4'));
    await runJobs(lab.t, [job]);
    expect(sizes).toEqual([limits.importSet, 1]);
  });

  it('refuses an event that breaks its set, alone, and records its neighbours', async () => {
    await imported(lab, many(3, 'q5', 3));
    const events = [
      ...many(30, 'q5', 3),
      track('Email Link Clicked', 'q5-1'),
      ...many(20, 'q5', 3),
    ];
    const { importJob } = await bring(lab, events);
    const brittle = recordEvents((tx, commands) => {
      const poison = commands.some(({ input }) => (input as Data)['action'] === 'CLICK');
      if (poison) throw new Error('a fault of ours');
      return perform(tx, commands);
    });
    await runJobs(lab.t, [brittle]);
    const done = await standingOf(lab, importJob['id'] as string);
    expect(done).toMatchObject({ status: 'DONE', recorded: 50, refused: 1 });
    expect(done['refusals']).toMatchObject([{ index: 30, code: 'INVALID_VALUE', field: null }]);
  });

  it('keeps nothing in the queue of what is done', async () => {
    await work(lab);
    expect(await lab.t.database.query('SELECT index FROM import_rows')).toEqual([]);
  });
});
