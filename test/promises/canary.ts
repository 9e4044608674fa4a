import { transferId } from '../../src/ledger';
import { getNamedType, type GraphQLInputObjectType } from 'graphql';
import { newKey, type Data, type TestService } from '../support/test-service';
import { mutationCases } from './mutations';
import type { Scene } from './scene';

/** Texts by which a brand names things of its own, not people: they stay. */
const ofBrand = [
  'recordOrder.campaign',
  'recordAcquisition.campaign',
  'recordAttention.channel',
  'velvetGrantPerk.name',
];

/** Fields of a mutation's input that name a customer, and those that take any text. */
function fieldsOf(
  t: TestService,
  mutation: string,
): { people: string[]; texts: [name: string, json: boolean][] } {
  const field = t.service.publicSchema.getMutationType()!.getFields()[mutation]!;
  const input = getNamedType(field.args[0]!.type) as GraphQLInputObjectType;
  const fields = Object.values(input.getFields());
  const ofType = (name: string) =>
    fields.filter((one) => getNamedType(one.type).name === name).map((one) => one.name);
  return {
    people: ofType('CustomerBy'),
    texts: [
      ...ofType('String').map((name): [string, boolean] => [name, false]),
      ...ofType('JSONObject').map((name): [string, boolean] => [name, true]),
    ].filter(([name]) => name !== 'idempotencyKey'),
  };
}

/** Runs a mutation as the scene's brand; answers its codes, none when it was done, null for an error. */
async function codesOf(
  { t, brand }: Scene,
  mutation: string,
  input: Data,
): Promise<string[] | null> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await t.run(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`,
    { input: { ...input, idempotencyKey: newKey() } },
    brand.apiKey,
  );
  if (errors !== undefined) return null;
  return (data[mutation].userErrors as { code: string }[]).map(({ code }) => code);
}

/** Says a word in every text of every mutation about a customer; answers the places that took it. */
export async function sayEverywhere(
  scene: Scene,
  customerId: string,
  canary: string,
): Promise<string[]> {
  const taken: string[] = [];
  for (const one of mutationCases) {
    if (/^(erase|merge|optOut)/.test(one.mutation) || one.by !== 'brand') continue;
    const { people, texts } = fieldsOf(scene.t, one.mutation);
    const [about] = people;
    for (const [name, json] of about === undefined ? [] : texts) {
      const place = `${one.mutation}.${name}`;
      if (ofBrand.includes(place)) continue;
      const codes = await codesOf(scene, one.mutation, {
        ...(await one.done(scene)),
        [about as string]: { id: customerId },
        [name]: json ? { note: canary } : `${canary} ${taken.length}`,
      });
      if (codes?.length === 0) taken.push(place);
    }
  }
  return taken;
}

/** Somebody who carries the word in every name they have, with so many payments of ten Mu. */
export async function somebodyNamed(scene: Scene, canary: string, paid: number): Promise<string> {
  const { customer } = await scene.do('identifyCustomer', {
    externalId: canary,
    email: `${canary}@example.in`,
    phone: '+919876512345',
    deviceId: `${canary}-device`,
    traits: { name: canary },
    consents: [{ purpose: 'MESSAGES', granted: true }],
  });
  for (let given = 0; given < paid; given += 1) await scene.grantTo({ externalId: canary });
  return customer.id as string;
}

/** Takes a payment back from whoever carries the word, and gives the word as the reason. */
export async function takeBackSaying(scene: Scene, canary: string): Promise<void> {
  const [paid] = await scene.t.database.query<{ id: string }>(
    `SELECT f.id FROM transfers f JOIN relationships r USING (customer_id)
     WHERE r.external_id = $1 AND f.kind = 'GRANT' LIMIT 1`,
    [canary],
  );
  await scene.do('reverseTransfer', { id: transferId.encode(paid!.id), reason: canary });
}
