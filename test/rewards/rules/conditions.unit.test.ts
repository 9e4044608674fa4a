import fc from 'fast-check';
import { unmetCondition } from '../../../src/rewards/rules/judge';
import { ruleCaps } from '../../../src/rewards/rules/registry';
import type { EventFacts, RuleParams } from '../../../src/rewards/rules/rule';
import { rules } from './cases';

describe('Conditions', () => {
  const rule = fc.sample(rules, { numRuns: 1, seed: 1 })[0] as RuleParams;
  const open: RuleParams = {
    ...rule,
    action: 'VISIT',
    customAction: null,
    channels: [],
    messageKinds: [],
    stage: null,
    audience: [],
    enabled: true,
    startsAt: null,
    endsAt: null,
  };
  const visit: EventFacts = {
    action: 'VISIT',
    customAction: null,
    channel: 'WEB',
    messageKind: 'SELL',
    campaign: 'diwali',
    stage: 'AWARE',
    confidence: 100,
    occurredAt: new Date('2026-01-02T00:00:00Z'),
    heldOut: false,
    customerId: 'asha',
    day: '2026-01-02',
    traits: { segment: 'Rest', segments: ['New', 7], city: 'Pune', age: 18, vip: false },
    segments: ['saved'],
    bands: { TAT_2026: 'BEST' },
  };
  const earlier = new Date('2026-01-01T23:59:59.999Z');

  it.each<[string, Partial<RuleParams>, string | null]>([
    ['no condition', {}, null],
    ['another action', { action: 'CLICK' }, 'OTHER_ACTION'],
    ['another custom action', { customAction: 'unbox' }, 'OTHER_CUSTOM_ACTION'],
    ['one of its channels', { channels: ['EMAIL', 'WEB'] }, null],
    ['other channels', { channels: ['EMAIL', 'SMS'] }, 'OTHER_CHANNEL'],
    ['its kind of message', { messageKinds: ['SELL'] }, null],
    ['another kind of message', { messageKinds: ['MICRON', 'EM'] }, 'OTHER_MESSAGE_KIND'],
    ['its stage', { stage: 'AWARE' }, null],
    ['another stage', { stage: 'DECIDE' }, 'OTHER_STAGE'],
    ['a rule that is off', { enabled: false }, 'TURNED_OFF'],
    ['a start at that moment', { startsAt: visit.occurredAt }, null],
    ['a start after it', { startsAt: new Date('2026-01-02T00:00:00.001Z') }, 'NOT_STARTED'],
    ['an end at that moment', { endsAt: visit.occurredAt }, 'ENDED'],
    ['an end before it', { endsAt: earlier }, 'ENDED'],
    ['the segment of the trait', { audience: [{ segment: 'Rest' }] }, null],
    ['a segment of the list', { audience: [{ segment: 'New' }] }, null],
    ['a saved segment', { audience: [{ segment: 'saved' }] }, null],
    ['its band', { audience: [{ band: { model: 'TAT_2026', in: ['REST', 'BEST'] } }] }, null],
    [
      'another band',
      { audience: [{ band: { model: 'TAT_2026', in: ['REST'] } }] },
      'OTHER_AUDIENCE',
    ],
    [
      'a band of another model',
      { audience: [{ band: { model: 'VALUE_2021', in: ['BEST'] } }] },
      'OTHER_AUDIENCE',
    ],
    ['another segment', { audience: [{ segment: 'Best' }] }, 'OTHER_AUDIENCE'],
    ['a text', { audience: [{ traitEquals: { name: 'city', value: 'Pune' } }] }, null],
    ['a number', { audience: [{ traitEquals: { name: 'age', value: '18' } }] }, null],
    ['a boolean', { audience: [{ traitEquals: { name: 'vip', value: 'false' } }] }, null],
    ['a number of a list', { audience: [{ traitEquals: { name: 'segments', value: '7' } }] }, null],
    ['one of a few', { audience: [{ traitIn: { name: 'city', values: ['Agra', 'Pune'] } }] }, null],
    [
      'none of a few',
      { audience: [{ traitIn: { name: 'city', values: ['Agra'] } }] },
      'OTHER_AUDIENCE',
    ],
    ['a trait that is there', { audience: [{ traitExists: 'vip' }] }, null],
    ['a trait that is not', { audience: [{ traitExists: 'shoes' }] }, 'OTHER_AUDIENCE'],
    [
      'only one of two',
      { audience: [{ segment: 'Rest' }, { traitExists: 'shoes' }] },
      'OTHER_AUDIENCE',
    ],
  ])('with %s say what is not met, if anything', (_, change, because) => {
    expect(unmetCondition(visit, { ...open, ...change })).toBe(because);
  });

  it('on messages and channels fail for an event without either', () => {
    const bare = { ...visit, channel: null, messageKind: null, stage: null };
    expect(unmetCondition(bare, { ...open, channels: ['WEB'] })).toBe('OTHER_CHANNEL');
    expect(unmetCondition(bare, { ...open, messageKinds: ['SELL'] })).toBe('OTHER_MESSAGE_KIND');
    expect(unmetCondition(bare, { ...open, stage: 'AWARE' })).toBe('OTHER_STAGE');
  });

  it('of caps count by customer and day, by customer, by campaign and in all', () => {
    expect(ruleCaps.map((cap) => cap.scope(visit))).toEqual([
      { customerId: 'asha', period: '2026-01-02' },
      { customerId: 'asha', period: '' },
      { customerId: null, period: 'diwali' },
      { customerId: null, period: '' },
    ]);
    const elsewhere = ruleCaps.map((cap) => cap.scope({ ...visit, campaign: null }));
    expect(elsewhere.filter((scope) => scope === null)).toHaveLength(1);
  });
});
