import type { Answered, Command } from '../../../src/platform/database/command';
import { Lane, type LaneWork, type Pending } from '../../../src/platform/database/lane';
import { defaultLimits, type Limits } from '../../../src/platform/limits';

const answered: Answered = { answer: { userErrors: [] }, replayed: false };

function command(kind: string, key: string): Command {
  return { kind, scope: 'scope', tenant: null, key, input: {} };
}

/** One in which batches of kinds that begin with `late` may overlap. */
function laneOf(limits: Limits, run: LaneWork['run']): Lane {
  return new Lane(limits, { run, overlaps: (kind) => kind.startsWith('late') });
}

describe('A lane', () => {
  function recording(limits = defaultLimits) {
    const batches: string[][] = [];
    const lane = laneOf(limits, async (batch: Pending[]) => {
      batches.push(batch.map((pending) => `${pending.command.kind} ${pending.command.key}`));
      await new Promise((resolve) => setImmediate(resolve));
      for (const pending of batch) pending.resolve(answered);
    });
    return { batches, lane };
  }

  it('runs what arrived together as one batch a kind, in order of arrival', async () => {
    const { batches, lane } = recording();
    const keys = ['a 1', 'b 2', 'a 3', 'b 4'].map((text) => text.split(' ') as [string, string]);
    await Promise.all(keys.map(([kind, key]) => lane.push(command(kind, key))));
    expect(batches).toEqual([
      ['a 1', 'a 3'],
      ['b 2', 'b 4'],
    ]);
  });

  it('takes at most the limit into a batch', async () => {
    const { batches, lane } = recording({ ...defaultLimits, batchCommands: 2 });
    await Promise.all(['1', '2', '3'].map((key) => lane.push(command('a', key))));
    expect(batches).toEqual([['a 1', 'a 2'], ['a 3']]);
  });

  it('answers a retryable refusal when its queue is full, at n and n + 1', async () => {
    const { lane } = recording({ ...defaultLimits, laneQueue: 2 });
    const first = lane.push(command('a', '1'));
    const second = lane.push(command('a', '2'));
    await expect(lane.push(command('a', '3'))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      extensions: { retryable: true },
    });
    await expect(Promise.all([first, second])).resolves.toEqual([answered, answered]);
    await expect(lane.push(command('a', '4'))).resolves.toEqual(answered);
  });

  it('refuses who comes when the first in line has waited for longer than the limit', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const lane = laneOf({ ...defaultLimits, laneWaitMs: 20 }, async (batch) => {
      await gate;
      for (const pending of batch) pending.resolve(answered);
    });
    const running = lane.push(command('a', '1'));
    await new Promise((resolve) => setImmediate(resolve));
    const waiting = lane.push(command('a', '2'));
    const beside = lane.push(command('a', '3'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(lane.push(command('a', '4'))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'queue',
    });
    release();
    await expect(Promise.all([running, waiting, beside])).resolves.toHaveLength(3);
    await expect(lane.push(command('a', '4'))).resolves.toEqual(answered);
  });

  it('goes on after a batch whose run failed', async () => {
    let runs = 0;
    const lane = laneOf(defaultLimits, async (batch) => {
      runs += 1;
      if (runs === 1) throw new Error('broken');
      for (const pending of batch) pending.resolve(answered);
      await Promise.resolve();
    });
    await expect(lane.push(command('a', '1'))).rejects.toThrow('broken');
    await expect(lane.push(command('a', '2'))).resolves.toEqual(answered);
    await lane.idle();
    expect(lane.depth).toBe(0);
  });

  describe('of which many wait', () => {
    /** Runs whose ends the test says, in any order. */
    function held(limits: Partial<Limits> = {}) {
      const batches: { keys: string[]; end: () => void }[] = [];
      const lane = laneOf({ ...defaultLimits, laneOverlap: 3, ...limits }, async (batch) => {
        const keys = batch.map(({ command: { key } }) => key);
        await new Promise<void>((end) => batches.push({ keys, end }));
        for (const pending of batch) pending.resolve(answered);
      });
      const push = (kind: string, ...keys: string[]): Promise<unknown> =>
        Promise.all(keys.map((key) => lane.push(command(kind, key))));
      const begun = async (): Promise<string[][]> => {
        for (let turns = 0; turns < 3; turns += 1) await new Promise((next) => setImmediate(next));
        return batches.map(({ keys }) => keys);
      };
      const end = (at: number): void => batches[at]?.end();
      return { lane, push, begun, end };
    }

    it('begins a second transaction beside the first, at n and not at n - 1', async () => {
      const { push, begun, end } = held();
      const all = [push('late', '1')];
      await begun();
      all.push(push('late', '2', '3'));
      expect(await begun()).toEqual([['1']]);
      all.push(push('late', '4'));
      expect(await begun()).toEqual([['1'], ['2', '3', '4']]);
      end(0);
      end(1);
      await Promise.all(all);
    });

    it('never begins a third, and takes what is left when all others have ended', async () => {
      const { lane, push, begun, end } = held();
      const all = [push('late', '1')];
      await begun();
      all.push(push('late', '2', '3', '4'));
      await begun();
      all.push(push('late', '5', '6', '7', '8'));
      expect(await begun()).toHaveLength(2);
      end(1);
      expect(await begun()).toEqual([['1'], ['2', '3', '4'], ['5', '6', '7', '8']]);
      all.push(push('late', '9'));
      end(0);
      expect(await begun()).toHaveLength(3);
      end(2);
      expect((await begun())[3]).toEqual(['9']);
      const idle = lane.idle();
      end(3);
      await Promise.all([...all, idle]);
      expect(lane.depth).toBe(0);
    });

    it('runs kinds that claim their keys first one after the other', async () => {
      const { push, begun, end } = held();
      const all = [push('late', '1')];
      await begun();
      all.push(push('early', '2', '3', '4', '5'));
      expect(await begun()).toEqual([['1']]);
      end(0);
      expect(await begun()).toHaveLength(2);
      end(1);
      await Promise.all(all);
    });

    it('divides no list that fits into a batch, and takes nobody who came behind it before it', async () => {
      const { lane, push, begun, end } = held({ batchCommands: 4 });
      const list = (...keys: string[]): Promise<unknown>[] =>
        keys.map((key) => lane.push(command('late', key), keys.length));
      const all: Promise<unknown>[] = [
        push('late', '1', '2'),
        ...list('a', 'b', 'c'),
        push('late', '3'),
      ];
      expect(await begun()).toEqual([
        ['1', '2'],
        ['a', 'b', 'c', '3'],
      ]);
      end(0);
      end(1);
      await Promise.all(all);
    });

    it('never has two parts of one list in flight', async () => {
      const { lane, begun, end } = held({ batchCommands: 2 });
      const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
      const all = keys.map((key) => lane.push(command('late', key), keys.length));
      for (let part = 0; part < 4; part += 1) {
        expect(await begun()).toHaveLength(part + 1);
        end(part);
      }
      await Promise.all(all);
    });
  });
});
