import type { Data } from '../../support/test-service';
import type { Ask } from './asks';

/** What a brand asks for to know its customers: orders, money, consent, scores, segments. */
export type ViewAsk = Extract<
  Ask,
  { do: 'order' | 'refund' | 'consent' | 'score' | 'spend' | 'acquire' | 'segment' }
>;

/** The mutation such a step is, with its input; `made` numbers the step, `at` is a time nobody else has. */
export function sendOf(ask: ViewAsk, made: number, at: string): [mutation: string, input: Data] {
  const customer = 'who' in ask ? { externalId: `c${ask.who}` } : undefined;
  switch (ask.do) {
    case 'order': {
      const sold = { externalId: `o${made}`, items: 1, currency: 'INR', orderedAt: at };
      const { amount, driver } = ask;
      return ['recordOrder', { customer, ...sold, amount: `${amount}.00`, driver }];
    }
    case 'refund':
      return ['refundOrder', { externalId: `o${ask.which}` }];
    case 'consent': {
      const word = ask.granted ? 'grantConsent' : 'withdrawConsent';
      return [word, { customer, purpose: 'MARKETING', at }];
    }
    case 'score': {
      const scores = [{ customer, kind: 'CLV', value: ask.value }];
      return ['ingestScores', { scorer: 'own', version: '1', scoredAt: at, scores }];
    }
    case 'spend': {
      const bought = { purpose: 'ACQUISITION', route: 'ADTECH', firstDay: at.slice(0, 10) };
      return ['recordSpend', { ...bought, amount: `${ask.amount}.00` }];
    }
    case 'acquire': {
      const paid = ask.route === 'ADTECH' ? { cost: '10.00' } : {};
      const came = { identities: [customer], route: ask.route, acquiredAt: at };
      return ['recordAcquisition', { ...came, ...paid }];
    }
    case 'segment': {
      const condition = { orders: { count: { atLeast: ask.atLeast } } };
      return ['upsertSegment', { name: `s${ask.which}`, condition }];
    }
  }
}
