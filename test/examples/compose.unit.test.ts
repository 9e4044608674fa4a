import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition';
import { buildSchema, parse, validate } from 'graphql';
import { root } from '../docs/markdown';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

function composed() {
  const result = composeServices([
    { name: 'rewards', typeDefs: parse(read('schema/rewards.graphql')) },
    { name: 'orders', typeDefs: parse(read('examples/orders/schema.graphql')) },
    { name: 'crm', typeDefs: parse(read('examples/crm/schema.graphql')) },
  ]);
  assertCompositionSuccess(result);
  return result;
}

describe('The examples', () => {
  it('compose with our schema to one graph', () => {
    const graph = buildSchema(composed().publicSdl, { assumeValidSDL: true });
    const customer = graph.getType('Customer');
    expect(customer).toHaveProperty('_fields');
    const errors = validate(
      graph,
      parse(`query One($by: CustomerBy!) {
        customer(by: $by) {
          tier greeting discountPercent wallet { balance }
          orders(first: 2) { edges { node { number tickets { subject } } } }
          tickets { subject order { total { amount } } }
        }
        brand { revenue { amount } openTickets }
      }`),
    );
    expect(errors).toEqual([]);
  });
});
