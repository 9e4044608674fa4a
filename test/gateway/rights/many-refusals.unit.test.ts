import { GraphQLError } from 'graphql';
import { guardGraph } from '../../../src/gateway/rights/guard-graph';
import { defaultLimits } from '../../../src/platform/limits';
import { anonymous, barn, barnRights, request } from './barn';

it('A list of a hundred thousand places that are not open is answered with ten errors', async () => {
  const animals = Array.from({ length: 100_000 }, () => ({ typeHere: 'Fox' }));
  const graph = {
    schema: barn.schema,
    execute: async () => ({ data: { animals } }),
    listen: async () => ({ errors: [new GraphQLError('no events')] }),
    update: async () => ({ data: null }),
  };
  const context = { caller: anonymous, config: { limits: defaultLimits } } as never;
  const source = '{ animals { __typename ... on Fox { name } } }';
  const asked = { ...request(source, anonymous), context };
  const { errors, data } = await guardGraph(graph, barnRights).execute(asked);
  expect(errors).toHaveLength(defaultLimits.errorsReturned);
  expect(data?.['animals']).toHaveLength(100_000);
});
