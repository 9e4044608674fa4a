const { createServer } = require('node:http');
const { Pool } = require('pg');
const { makePgService } = require('postgraphile/adaptors/pg');
const { grafserv } = require('postgraphile/grafserv/node');
const { PostGraphileAmberPreset } = require('postgraphile/presets/amber');
const { postgraphile } = require('postgraphile');
const { hashApiKeySecret, parseApiKey } = require('../../../dist/src/platform/auth/api-key.js');
const { announce } = require('../../../dist/bench/compare/view/peer.js');
const card = require('./card.js');
const { numbered, onlyTheCard } = require('./tables.js');

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 8,
  options: '-c jit=off',
});

const msKept = 5000;
const known = new Map();

/** The brand of a key, which is looked up once in five seconds, as ours is. */
async function brandOf({ authorization = '' }) {
  const entry = known.get(authorization);
  if (entry !== undefined && entry.until > Date.now()) return entry.brand;
  const brand = lookUp(authorization);
  known.set(authorization, { brand, until: Date.now() + msKept });
  return brand;
}

async function lookUp(authorization) {
  const { uuid, secret } = parseApiKey(authorization.slice('Bearer '.length));
  const { rows } = await pool.query(
    'SELECT brand_id FROM api_keys WHERE id = $1 AND secret_hash = $2 AND revoked_at IS NULL',
    [uuid, hashApiKeySecret(secret)],
  );
  return rows[0].brand_id;
}

const server = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [onlyTheCard, numbered, card],
  pgServices: [makePgService({ pool, schemas: ['public'], pubsub: false })],
  grafast: {
    explain: false,
    context: async ({ node }) => ({ brandId: await brandOf(node.req.headers) }),
  },
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
}).createServ(grafserv);

const http = createServer();
server.addTo(http).then(() => {
  http.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${http.address().port}/graphql`));
});
