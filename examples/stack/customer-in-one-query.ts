import { readFileSync } from 'node:fs';

/** Asks a graph for all that anybody knows of one shopper, and prints the answer. */
export async function printCustomer({ url, key }: { url: string; key: string }): Promise<void> {
  const query = readFileSync('examples/operations/customer-in-one-query.graphql', 'utf8');
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables: { externalId: 'cdnow-00111' } }),
  });
  process.stdout.write(`${JSON.stringify(await answer.json(), null, 2)}\n`);
}
