import { newKey } from '../support/test-service';
import type { HttpService } from '../support/http-service';
import type { Tenant } from './world';

/** A person lets the tenant into their box, and has one of its microns there. */
export async function fillBox(t: HttpService, tenant: Tenant, externalId: string): Promise<void> {
  const ask = async (mutation: string, input: object, selection: string, bearer: string) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`;
    const variables = { input: { ...input, idempotencyKey: newKey() } };
    const answer = await t.ask(document, variables, bearer);
    if (answer.codes.length > 0) throw new Error(answer.text);
    return answer.data[mutation] as Record<string, unknown>;
  };
  const customer = { externalId };
  const { token } = await ask('createCustomerToken', { customer }, 'token', tenant.key);
  await ask('allowBrand', { brandId: tenant.brand.id }, 'replayed', token as string);
  const named = { externalId: `${tenant.brand.slug} micron`, channel: 'EMAIL', kind: 'MICRON' };
  const { message } = await ask('recordMessage', named, 'message { id }', tenant.key);
  const { id: messageId } = message as { id: string };
  const told = { messageId, customers: [customer] };
  await ask('recordDeliveries', told, 'recorded', tenant.key);
  const mine = `{ me { messages(first: 1) { nodes { id } } } }`;
  const { data } = await t.ask(mine, {}, token as string);
  tenant.ids['dlv'] = data['me'].messages.nodes[0].id as string;
  for (const id of [messageId, tenant.ids['dlv']]) tenant.seen.add(id);
}
