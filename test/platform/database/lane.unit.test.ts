import type { Answered, Command } from '../../../src/platform/database/command';
import { Lane, type Pending } from '../../../src/platform/database/lane';
import { defaultLimits } from '../../../src/platform/limits';

const answered: Answered = { answer: { userErrors: [] }, replayed: false };

function command(kind: string, key: string): Command {
  return { kind, scope: 'scope', tenant: null, key, input: {} };
}

describe('A lane', () => {
  function recording(limits = defaultLimits) {
    const batches: string[][] = [];
    const lane = new Lane(limits, async (batch: Pending[]) => {
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
    const lane = new Lane({ ...defaultLimits, laneWaitMs: 20 }, async (batch) => {
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
    const lane = new Lane(defaultLimits, async (batch) => {
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
});
