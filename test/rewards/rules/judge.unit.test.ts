import fc from 'fast-check';
import { awardOf, judgeEvent } from '../../../src/rewards/rules/judge';
import type { RuleParams } from '../../../src/rewards/rules/rule';
import { events, facts, pockets, rulebooks } from './cases';

describe('A judgement', () => {
  const book = fc.record({
    rules: rulebooks,
    known: facts,
    own: facts,
    pocket: pockets,
    event: events,
  });

  it('is the same in whatever order the rules come', () => {
    fc.assert(
      fc.property(
        book,
        fc.infiniteStream(fc.nat()),
        ({ rules: all, known, own, pocket, event }, keys) => {
          const order = new Map(all.map((rule) => [rule, keys.next().value as number]));
          const shuffled = [...all].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
          const factsOf = (rule: RuleParams | null) => (rule === null ? own : known);
          const judged = judgeEvent(event, all, factsOf, pocket);
          expect(judgeEvent(event, shuffled, factsOf, pocket)).toEqual(judged);
        },
      ),
    );
  });

  it('names every rule once, pays one exclusive rule at most, and never more than there is', () => {
    fc.assert(
      fc.property(book, ({ rules: all, known, own, pocket, event }) => {
        const factsOf = (rule: RuleParams | null) => (rule === null ? own : known);
        const judged = judgeEvent(event, all, factsOf, pocket);
        const named = judged.flatMap(({ rule }) => rule?.name ?? []).sort();
        expect(named).toEqual(all.map(({ name }) => name).sort());
        const paying = judged.filter(({ amount }) => amount > 0);
        expect(paying.filter(({ rule }) => rule?.stacking !== 'STACKS').length).toBeLessThan(2);
        const total = paying.reduce((sum, { amount }) => sum + amount, 0);
        expect(total).toBeLessThanOrEqual(pocket.expired || pocket.optedOut ? 0 : pocket.balance);
      }),
    );
  });

  it('lets the highest priority pay, then the larger amount, then the first name', () => {
    fc.assert(
      fc.property(book, ({ rules: all, known, own, pocket, event }) => {
        const factsOf = (rule: RuleParams | null) => (rule === null ? own : known);
        const judged = judgeEvent(event, all, factsOf, { ...pocket, expired: false });
        const winner = judged.find(
          ({ rule, amount }) => amount > 0 && rule?.stacking === 'EXCLUSIVE',
        );
        if (winner?.rule == null) return;
        const best = { ...winner.rule, pays: winner.amount };
        const beaten = judged
          .flatMap(({ rule, because }) => (because === 'OUTRANKED' && rule !== null ? [rule] : []))
          .map((rule) => ({ ...rule, pays: awardOf(event, known, rule).amount }));
        const better = beaten.filter(
          (rule) =>
            rule.priority > best.priority ||
            (rule.priority === best.priority &&
              (rule.pays > best.pays || (rule.pays === best.pays && rule.name < best.name))),
        );
        expect(better).toEqual([]);
      }),
    );
  });

  it('together pays a message no more than it offers, however many rules stack', () => {
    fc.assert(
      fc.property(book, ({ rules: all, known, own, pocket, event }) => {
        const offer = known.offer ?? { openMu: 10, actionMuMax: 20 };
        const shared = { ...known, offer, openMuPaid: 0, actionMuPaid: 0 };
        const factsOf = (rule: RuleParams | null) =>
          rule === null ? { ...own, offer, openMuPaid: 0 } : shared;
        const judged = judgeEvent(event, all, factsOf, pocket);
        const total = judged.reduce((sum, { amount }) => sum + amount, 0);
        const most = event.action === 'OPEN' ? offer.openMu : offer.actionMuMax;
        expect(total).toBeLessThanOrEqual(most ?? 0);
      }),
    );
  });
});
