import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { hashApiKeySecret, parseApiKey } from '../../../src/platform/auth/api-key';
import { cardSql } from './by-hand.sql';
import { announce } from './peer';

/**
 * The customer card by `node:http` and one named statement that makes the JSON and checks the key: the
 * least that answers it. The body is `{"variables": {"by": {"externalId": …}}}`, as for the others.
 */
function serve(pool: Pool) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const presented = parseApiKey((request.headers.authorization ?? '').slice('Bearer '.length));
    if (presented === null) {
      refuse(response);
      return;
    }
    const { variables } = JSON.parse(await bodyOf(request)) as {
      variables: { by: { externalId: string } };
    };
    const { rows } = await pool.query<{ data: string | null }>({
      name: 'card',
      text: `SELECT x.data::text AS data FROM (${cardSql}) x`,
      values: [presented.uuid, hashApiKeySecret(presented.secret), variables.by.externalId],
    });
    const [row] = rows;
    if (row === undefined) {
      refuse(response);
      return;
    }
    const body = Buffer.from(`{"data":${row.data ?? '{"customer":null}'}}`);
    response
      .writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': body.length,
      })
      .end(body);
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function refuse(response: ServerResponse): void {
  response.writeHead(401, { 'content-type': 'application/json' }).end('{"errors":[{}]}');
}

const pool = new Pool({
  connectionString: process.env['DATABASE_URL'],
  max: Number(process.env['CONNECTIONS'] ?? 8),
  options: '-c jit=off',
});
const server = createServer((request, response) => {
  serve(pool)(request, response).catch((error: unknown) => {
    response.writeHead(500).end(String(error));
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  announce(`http://127.0.0.1:${port}/graphql`);
});
