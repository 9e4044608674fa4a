import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { startCrm } from '../../examples/crm/server';
import type { Served } from '../../examples/partner/serve';
import type { Data } from '../support/test-service';
import { asBrand, brand, sendTo, strangers, untilHeard } from './partner-client';

describe('The CRM’s subgraph', () => {
  let crm: Served;

  beforeAll(async () => {
    const records = 'examples/crm/records.json';
    crm = await startCrm({ port: 0, secret: 'the-secret', records, brand });
  });

  afterAll(async () => {
    await crm.close();
  });

  const send = (query: string, variables: Data = {}, headers = asBrand) =>
    sendTo(crm.url, { 'x-crm-secret': 'the-secret', ...headers }, query, variables);

  const entities = `query Entities($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Customer { email tier tickets { id order { number } } }
      ... on Order { number tickets { id } }
      ... on Ticket { subject internalNote }
      ... on Brand { openTickets }
    }
  }`;
  const representations = [
    { __typename: 'Customer', email: 'Rosa@Example.com' },
    { __typename: 'Customer', email: null },
    { __typename: 'Order', number: 'cdnow-00111-1998-06-20-3-55.47-1' },
    { __typename: 'Ticket', id: 'T-1005' },
    { __typename: 'Brand', slug: 'demo' },
    { __typename: 'Ticket', id: 'T-9999' },
  ];

  it('answers nobody who does not know the secret', async () => {
    const { status } = await send('{ _service { sdl } }', {}, { 'x-crm-secret': 'another' });
    expect(status).toBe(401);
  });

  it('resolves customers by address, orders by number and tickets by id', async () => {
    const { data } = await send(entities, { representations });
    expect(data._entities).toEqual([
      {
        email: 'Rosa@Example.com',
        tier: 'GOLD',
        tickets: [
          { id: 'T-1003', order: { number: 'cdnow-00111-1998-06-20-3-55.47-1' } },
          { id: 'T-1002', order: null },
          { id: 'T-1001', order: { number: 'cdnow-00111-1997-03-15-4-77.96-1' } },
        ],
      },
      { email: null, tier: null, tickets: [] },
      { number: 'cdnow-00111-1998-06-20-3-55.47-1', tickets: [{ id: 'T-1003' }] },
      { subject: 'Is there a catalogue on paper?', internalNote: null },
      { openTickets: 2 },
      null,
    ]);
  });

  it.each(strangers)('tells %s nothing', async (_who, headers) => {
    const { data } = await send(entities, { representations }, headers);
    expect(data._entities).toEqual([
      { email: 'Rosa@Example.com', tier: null, tickets: [] },
      { email: null, tier: null, tickets: [] },
      { number: 'cdnow-00111-1998-06-20-3-55.47-1', tickets: [] },
      null,
      null,
      null,
    ]);
  });

  it('opens a ticket once for a key, and tells who listens', async () => {
    const client = createClient({
      url: crm.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { ...asBrand, 'x-crm-secret': 'the-secret' },
      retryAttempts: 0,
    });
    const events = client.iterate({
      query: 'subscription { ticketOpened { id subject customer { email } } }',
    });
    const first = events.next();
    const open = `mutation Open($input: OpenTicketInput!) {
      openTicket(input: $input) { replayed ticket { id status } } }`;
    const ids: unknown[] = [];
    const { value } = await untilHeard(first, async () => {
      const idempotencyKey = `ticket-key-${ids.length}`;
      const input = { email: 'rosa@example.com', subject: 'Hello?', idempotencyKey };
      const answer = await send(open, { input });
      const again = await send(open, { input });
      expect(answer.data.openTicket).toEqual({
        replayed: false,
        ticket: { id: `T-${1006 + ids.length}`, status: 'OPEN' },
      });
      expect(again.data.openTicket).toEqual({ ...answer.data.openTicket, replayed: true });
      ids.push(answer.data.openTicket.ticket.id);
    });
    const { id, ...rest } = (value as Data).data.ticketOpened;
    expect(ids).toContain(id);
    expect(rest).toEqual({ subject: 'Hello?', customer: { email: 'rosa@example.com' } });
    await events.return?.();
    await client.dispose();
  });

  it('takes no socket that does not know the secret', async () => {
    const client = createClient({
      url: crm.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: asBrand,
      retryAttempts: 0,
    });
    const events = client.iterate({ query: 'subscription { ticketOpened { id } }' });
    await expect(events.next()).rejects.toMatchObject({ code: 4403 });
    await client.dispose();
  });

  it.each([
    ['no address', { email: 'rosa' }],
    ['no subject', { subject: '' }],
    ['a short key', { idempotencyKey: 'short' }],
  ])('refuses a ticket with %s', async (_what, wrong) => {
    const open = `mutation Open($input: OpenTicketInput!) {
      openTicket(input: $input) { ticket { id } } }`;
    const good = {
      email: 'rosa@example.com',
      subject: 'Hello?',
      idempotencyKey: 'ticket-key-wrong',
    };
    const { errors } = await send(open, { input: { ...good, ...wrong } });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
