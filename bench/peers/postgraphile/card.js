const { context } = require('postgraphile/grafast');
const { TYPES } = require('postgraphile/@dataplan/pg');
const { sql } = require('postgraphile/pg-sql2');
const { extendSchema } = require('postgraphile/utils');
const { standing } = require('./standing.js');

/** What tables do not say by themselves: the customer of the brand that asks, and what is reckoned of its rows. */
module.exports = extendSchema(({ pgResources }) => {
  /** An expression within the one statement. */
  const reckoned = (expression, codec) => ($relationship) =>
    $relationship.select(expression($relationship.getClassStep().alias), codec);
  return {
    typeDefs: `
      input CustomerBy { externalId: String! }
      extend type Query { customer(by: CustomerBy!): Relationship }
      extend type Relationship { name: String standing: JSON! }
    `,
    objects: {
      Query: {
        plans: {
          customer: (_, { $by }) =>
            pgResources.relationships.get({
              brand_id: context().get('brandId'),
              external_id: $by.get('externalId'),
            }),
        },
      },
      Relationship: {
        plans: {
          name: reckoned((r) => sql`${r}.traits ->> 'name'`, TYPES.text),
          standing: reckoned(standing, TYPES.json),
        },
      },
    },
  };
});
