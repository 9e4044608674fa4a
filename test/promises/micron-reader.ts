import { newKey } from '../support/test-service';
import type { Scene } from './scene';

const readers = new WeakMap<Scene, Promise<{ id: string; token: string }>>();

/** The one customer of a scene who speaks for themselves, with their token. */
export function readerOf(scene: Scene): Promise<{ id: string; token: string }> {
  const known = readers.get(scene) ?? make(scene);
  readers.set(scene, known);
  return known;
}

async function make(scene: Scene): Promise<{ id: string; token: string }> {
  const { id } = await scene.customer();
  const input = { customer: { id }, ttlSeconds: 86_400 };
  const { token } = await scene.do('createCustomerToken', input);
  return { id, token: token as string };
}

/** The id of a new micron in the box of the reader, who has saved it if told so. */
export async function micronOf(scene: Scene, saved: boolean): Promise<string> {
  const { id, token } = await readerOf(scene);
  const messageId = await scene.message({ kind: 'MICRON' });
  const run = async (mutation: string, input: object, bearer: string) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
    const variables = { input: { ...input, idempotencyKey: newKey() } };
    const { data } = await scene.t.run(document, variables, bearer);
    expect(data[mutation]).toEqual({ userErrors: [] });
  };
  await run('allowBrand', { brandId: scene.brand.id }, token);
  await run('recordDeliveries', { messageId, customers: [{ id }] }, scene.brand.apiKey);
  const document = `{ me { messages(first: 1) { nodes { id } } } }`;
  const { data } = await scene.t.run(document, {}, token);
  const micronId = data['me'].messages.nodes[0].id as string;
  if (saved) await run('saveMicron', { micronId }, token);
  return micronId;
}
