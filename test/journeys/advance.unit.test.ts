import fc from 'fast-check';
import { advance, holds, type Place, type Standing } from '../../src/journeys/advance';
import type { Definition, Step } from '../../src/journeys/definition';
import { readDefinition, type StepDraft } from '../../src/journeys/read-definition';

const hour = 3_600_000;
const start = new Date('2026-01-01T00:00:00Z');
const later = (hours: number) => new Date(start.getTime() + hours * hour);

const asleep: Standing = {
  dormancy: 'DORMANT',
  band: 'SILENT',
  streak: 0,
  segments: [],
  bands: {},
  attendedAt: null,
  clickedAt: null,
  reactivatedAt: null,
  orderedAt: null,
  cancelledBy: null,
};

const begun: Place = { next: 0, dueAt: start, enteredAt: start, dormancy: 'DORMANT' };

const reward = (key: string): Step => ({ key, messageId: key });
const daily: Definition = {
  trigger: { dormancy: ['DORMANT'] },
  exits: ['REACTIVATED'],
  steps: [reward('one'), { key: 'night', waitHours: 24 }, reward('two')],
};

describe('A journey', () => {
  it('goes on until a step waits, then when the wait is over, to the end', () => {
    const first = advance(daily, begun, asleep, start);
    expect(first).toMatchObject({ state: 'ACTIVE', next: 2, dueAt: later(24) });
    expect(first.done.map(({ key, outcome }) => [key, outcome])).toEqual([
      ['one', 'ANNOUNCED'],
      ['night', 'WAITING'],
    ]);
    const place = { ...begun, next: first.next, dueAt: first.dueAt };
    expect(advance(daily, place, asleep, later(23))).toMatchObject({ state: 'ACTIVE', done: [] });
    const second = advance(daily, place, asleep, later(24));
    expect(second).toMatchObject({ state: 'COMPLETED', endedBy: null });
    expect(second.done).toMatchObject([{ key: 'two', messageId: 'two' }]);
  });

  it.each<[string, Partial<Standing>, Definition['exits'][number]]>([
    ['attended', { attendedAt: start }, 'ATTENDED'],
    ['clicked', { clickedAt: later(1) }, 'CLICKED'],
    ['ordered', { orderedAt: later(1) }, 'ORDERED'],
    ['came back', { reactivatedAt: later(1) }, 'REACTIVATED'],
  ])('ends before any step for who has %s since', (_what, since, exit) => {
    const definition = { ...daily, exits: [exit] };
    const led = advance(definition, begun, { ...asleep, ...since }, later(2));
    expect(led).toMatchObject({ state: 'EXITED', endedBy: exit, done: [] });
    const before = Object.fromEntries(Object.keys(since).map((name) => [name, later(-1)]));
    expect(advance(definition, begun, { ...asleep, ...before }, later(2)).state).toBe('ACTIVE');
  });

  it('reactivates only who was asleep when they came in', () => {
    const awake = { ...begun, dormancy: 'ACTIVE' as const };
    expect(advance(daily, awake, { ...asleep, reactivatedAt: later(1) }, later(2)).state).toBe(
      'ACTIVE',
    );
  });

  it('takes no step with who may not go on, whatever else they did', () => {
    const out = { ...asleep, reactivatedAt: later(1), cancelledBy: 'OPTED_OUT' as const };
    expect(advance(daily, begun, out, later(2))).toMatchObject({
      state: 'CANCELLED',
      endedBy: 'OPTED_OUT',
      done: [],
    });
  });

  it('branches by what is known now; what is not known does not hold', () => {
    const branch = { when: { dormancy: ['LOST' as const] }, then: 'last', otherwise: 'END' };
    const definition: Definition = {
      ...daily,
      steps: [{ key: 'lost', branch }, reward('skipped'), reward('last')],
    };
    const lost = advance(definition, begun, { ...asleep, dormancy: 'LOST' }, start);
    expect(lost.done.map(({ key }) => key)).toEqual(['lost', 'last']);
    const other = advance(definition, begun, { ...asleep, dormancy: null }, start);
    expect(other).toMatchObject({ state: 'COMPLETED', done: [{ key: 'lost', outcome: 'END' }] });
  });

  it('asks for all that a condition names', () => {
    const standing = { ...asleep, band: 'FADING' as const, streak: 5 };
    expect(holds({ attentionBand: ['FADING'], streakAtLeast: 5 }, standing)).toBe(true);
    expect(holds({ attentionBand: ['FADING'], streakAtLeast: 6 }, standing)).toBe(false);
    expect(holds({ attentionBand: ['HOOKED'], streakAtLeast: 5 }, standing)).toBe(false);
    expect(holds({ dormancy: ['ACTIVE'], streakAtLeast: 5 }, standing)).toBe(false);
  });

  it('asks for a saved segment and for bands of one model', () => {
    const bands = { VALUE_2021: 'BEST', TAT_2026: 'REST' } as const;
    const standing: Standing = { ...asleep, segments: ['gold'], bands };
    expect(holds({ segment: 'gold' }, standing)).toBe(true);
    expect(holds({ segment: 'tin' }, standing)).toBe(false);
    expect(holds({ segment: 'gold', streakAtLeast: 1 }, standing)).toBe(false);
    expect(holds({ band: { model: 'VALUE_2021', in: ['REST', 'BEST'] } }, standing)).toBe(true);
    expect(holds({ band: { model: 'TAT_2026', in: ['BEST'] } }, standing)).toBe(false);
    expect(holds({ band: { model: 'ATTENTION_2025', in: ['BEST'] } }, standing)).toBe(false);
  });

  /** Steps with keys s0, s1 …, whose branches lead onwards. */
  const journeys = fc
    .array(fc.tuple(fc.nat(2), fc.nat(100), fc.nat(100), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => {
      const target = (at: number, jump: number) => {
        const to = at + 1 + (jump % (parts.length - at));
        return to >= parts.length ? 'END' : `s${to}`;
      };
      return parts.map(([kind, then, otherwise, waitHours], at): Step => {
        const key = `s${at}`;
        if (kind === 0) return { key, waitHours };
        if (kind === 1) return { key, messageId: key };
        const when = { streakAtLeast: (then % 3) + 1 };
        return { key, branch: { when, then: target(at, then), otherwise: target(at, otherwise) } };
      });
    });

  const looks = fc.array(fc.tuple(fc.nat(20), fc.nat(4)), { minLength: 12, maxLength: 12 });

  it('ends, and takes no step twice, whenever it is looked at', () => {
    fc.assert(
      fc.property(journeys, looks, (steps, seen) => {
        const definition = { ...daily, exits: [], steps };
        let place = begun;
        let now = start;
        let state = 'ACTIVE';
        const taken: number[] = [];
        // Waits are of nine hours at most, so that a day for each step is enough.
        const days = steps.map((): [number, number] => [24, 0]);
        for (const [hours, streak] of [...seen, ...days]) {
          if (state !== 'ACTIVE') break;
          now = new Date(now.getTime() + hours * hour);
          const led = advance(definition, place, { ...asleep, streak }, now);
          taken.push(...led.done.map(({ key }) => Number(key.slice(1))));
          place = { ...place, next: led.next, dueAt: led.dueAt };
          state = led.state;
        }
        const inOrder = [...new Set(taken)].sort((a, b) => a - b);
        expect({ state, taken }).toEqual({ state: 'COMPLETED', taken: inOrder });
      }),
    );
  });
});

describe('A definition', () => {
  const limits = { journeySteps: 3 };
  const id = 'msg_01h455vb4pex5vsknk084sn02q';
  const trigger = { byHand: true };
  const codeOf = (steps: StepDraft[], more: object = {}) => {
    const read = readDefinition({ trigger, steps, ...more }, limits);
    return 'code' in read ? read.code : null;
  };

  it('has from 1 step to as many as the limit', () => {
    const steps = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ key: `s${at}`, waitHours: 1 }));
    expect([0, 1, 3, 4].map((count) => codeOf(steps(count)))).toEqual([
      'INVALID_VALUE',
      null,
      null,
      'LIMIT_EXCEEDED',
    ]);
  });

  const ifStreak = (then: string, when: object = { streakAtLeast: 1 }) => ({ when, then });

  it.each<[string, StepDraft[]]>([
    ['two steps of one key', [1, 2].map((waitHours) => ({ key: 'a', waitHours }))],
    ['a key with a blank', [{ key: 'a b', waitHours: 1 }]],
    ['a step that does nothing', [{ key: 'a' }]],
    ['a step that does two things', [{ key: 'a', waitHours: 1, messageId: id }]],
    ['a wait of no time', [{ key: 'a', waitHours: 0 }]],
    ['a wait of more than a year', [{ key: 'a', waitHours: 8785 }]],
    [
      'a branch back',
      [
        { key: 'a', waitHours: 1 },
        { key: 'b', branch: ifStreak('a') },
      ],
    ],
    ['a branch to itself', [{ key: 'a', branch: ifStreak('a') }]],
    ['a branch to nowhere', [{ key: 'a', branch: ifStreak('b') }]],
    ['a branch that asks nothing', [{ key: 'a', branch: ifStreak('END', {}) }]],
    ['a streak of 0', [{ key: 'a', branch: ifStreak('END', { streakAtLeast: 0 }) }]],
    ['no band', [{ key: 'a', branch: ifStreak('END', { band: { model: 'TAT_2026', in: [] } }) }]],
    ['no state', [{ key: 'a', branch: ifStreak('END', { dormancy: [] }) }]],
  ])('is refused with %s', (_what, steps) => {
    expect(codeOf(steps)).toBe('INVALID_VALUE');
  });

  it('waits from an hour to 8,784, and its keys have from 1 to 63 characters', () => {
    const waits = [1, 8784, 8785].map((waitHours) => codeOf([{ key: 'a', waitHours }]));
    expect(waits).toEqual([null, null, 'INVALID_VALUE']);
    const keys = [0, 1, 63, 64].map((size) => codeOf([{ key: 'a'.repeat(size), waitHours: 1 }]));
    expect(keys).toEqual(['INVALID_VALUE', null, null, 'INVALID_VALUE']);
  });

  it('names a segment by its id, in its trigger and in a branch', () => {
    const steps = [{ key: 'a', waitHours: 1 }];
    const foreign = { segment: id };
    expect(codeOf(steps, { trigger: foreign })).toBe('NOT_FOUND');
    expect(codeOf([{ key: 'a', branch: ifStreak('END', foreign) }])).toBe('NOT_FOUND');
    const own = { segment: 'seg_01h455vb4pex5vsknk084sn02q' };
    expect(codeOf(steps, { trigger: own })).toBeNull();
    expect(codeOf([{ key: 'a', branch: ifStreak('END', own) }])).toBeNull();
  });

  it.each([{ dormancy: [] }, { byHand: false }, { band: { model: 'TAT_2026', in: [] } }])(
    'is refused with the trigger %j',
    (wrong) => {
      expect(codeOf([{ key: 'a', waitHours: 1 }], { trigger: wrong })).toBe('INVALID_VALUE');
    },
  );

  it('is refused with a message that is none', () => {
    expect(codeOf([{ key: 'a', messageId: 'cus_01h455vb4pex5vsknk084sn02q' }])).toBe('NOT_FOUND');
  });
});
