import { isTenant, type Caller } from '../partner/caller';
import { badInput, type Reference } from '../partner/subgraph';
import { Topic } from '../partner/topic';
import type { Desk, OpenTicketInput, TicketRecord } from './desk';

/** What the fields of one request share. */
export type CrmContext = {
  caller: Caller;
  /** Whether the tickets here are the caller's brand's. */
  tenant: boolean;
  desk: Desk;
};

class Ticket {
  readonly __typename = 'Ticket';

  constructor(private readonly record: TicketRecord) {}

  get id() {
    return this.record.id;
  }

  get subject() {
    return this.record.subject;
  }

  get status() {
    return this.record.status;
  }

  get openedAt() {
    return this.record.openedAt;
  }

  get internalNote() {
    return this.record.internalNote ?? null;
  }

  customer() {
    return new Customer(this.record.email);
  }

  order() {
    const { orderNumber } = this.record;
    return orderNumber === undefined ? null : new Order(orderNumber);
  }
}

/** Whoever never asked anything is a customer without tickets, and so is one without an address. */
class Customer {
  readonly __typename = 'Customer';

  constructor(readonly email: string | null) {}

  tier(_args: object, { tenant, desk }: CrmContext) {
    return this.email === null || !tenant ? null : desk.tierOf(this.email);
  }

  tickets({ first }: { first: number }, { tenant, desk }: CrmContext) {
    if (first < 1 || first > 100) throw badInput('first: from 1 to 100');
    const records = this.email === null || !tenant ? [] : desk.ticketsOf(this.email);
    return records.slice(0, first).map((record) => new Ticket(record));
  }
}

class Order {
  readonly __typename = 'Order';

  constructor(readonly number: string) {}

  tickets(_args: object, { tenant, desk }: CrmContext) {
    const records = tenant ? desk.ticketsAbout(this.number) : [];
    return records.map((record) => new Ticket(record));
  }
}

/** How a router's representations become entities of the CRM. */
export const references: Record<string, Reference<CrmContext>> = {
  Customer: ({ email }) => new Customer(typeof email === 'string' ? email : null),
  Order: ({ number }) => (typeof number === 'string' ? new Order(number) : null),
  Ticket: ({ id }, context) => findTicket(id, context),
  Brand: ({ slug }, { caller, tenant, desk }) =>
    caller.kind === 'brand' && tenant
      ? { __typename: 'Brand', slug, openTickets: () => desk.openTickets() }
      : null,
};

/** The root fields, on the desk's tickets. */
export function crmFields(desk: Desk) {
  const opened = new Topic<Ticket>();
  return {
    ticket: ({ id }: { id: string }, context: CrmContext) =>
      context.caller.kind === 'brand' ? findTicket(id, context) : null,
    openTicket: ({ input }: { input: OpenTicketInput }, { caller, tenant }: CrmContext) => {
      if (caller.kind !== 'brand' || !tenant) throw badInput('only the brand opens tickets');
      check(input);
      const { ticket: record, replayed } = desk.open(input);
      const ticket = new Ticket(record);
      if (!replayed) opened.tell(ticket);
      return { ticket, replayed };
    },
    ticketOpened: (_args: object, { caller, tenant }: CrmContext) => {
      if (caller.kind !== 'brand' || !tenant) throw badInput('only the brand may listen');
      return opened.listen('ticketOpened');
    },
  };
}

/** What the fields of a request share. */
export function crmContext(caller: Caller, desk: Desk, brand: string | undefined): CrmContext {
  return { caller, tenant: isTenant(caller, brand), desk };
}

function findTicket(id: unknown, { tenant, desk }: CrmContext): Ticket | null {
  const record = tenant && typeof id === 'string' ? desk.ticket(id) : undefined;
  return record === undefined ? null : new Ticket(record);
}

function check({ email, subject, idempotencyKey }: OpenTicketInput): void {
  if (!/^[^\s@]{1,64}@[^\s@]{1,190}$/.test(email)) throw badInput('email: no address');
  if (subject.length < 1 || subject.length > 200) throw badInput('subject: 1–200 characters');
  if (!/^[\x20-\x7e]{8,200}$/.test(idempotencyKey)) {
    throw badInput('idempotencyKey: 8–200 printable characters');
  }
}
