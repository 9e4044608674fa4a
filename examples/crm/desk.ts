/** A person the CRM knows. */
export interface Contact {
  email: string;
  tier: 'STANDARD' | 'SILVER' | 'GOLD';
}

/** A ticket as the CRM keeps it. */
export interface TicketRecord {
  id: string;
  email: string;
  subject: string;
  status: 'OPEN' | 'SOLVED';
  openedAt: string;
  orderNumber?: string;
  internalNote?: string;
}

/** What a CRM starts with. */
export interface Records {
  contacts: Contact[];
  tickets: TicketRecord[];
}

/** What is asked for a ticket. */
export interface OpenTicketInput {
  email: string;
  subject: string;
  orderNumber?: string | null;
  idempotencyKey: string;
}

/** The tickets of the support, in memory: a restart forgets what was opened since. */
export class Desk {
  private readonly tiers = new Map<string, Contact['tier']>();
  private readonly tickets: TicketRecord[];
  private readonly opened = new Map<string, TicketRecord>();

  constructor({ contacts, tickets }: Records) {
    for (const { email, tier } of contacts) this.tiers.set(nameOf(email), tier);
    this.tickets = tickets.toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  }

  tierOf(email: string): Contact['tier'] {
    return this.tiers.get(nameOf(email)) ?? 'STANDARD';
  }

  ticket(id: string): TicketRecord | undefined {
    return this.tickets.find((ticket) => ticket.id === id);
  }

  /** Newest first. */
  ticketsOf(email: string): TicketRecord[] {
    return this.tickets.filter((ticket) => nameOf(ticket.email) === nameOf(email));
  }

  /** Newest first. */
  ticketsAbout(orderNumber: string): TicketRecord[] {
    return this.tickets.filter((ticket) => ticket.orderNumber === orderNumber);
  }

  openTickets(): number {
    return this.tickets.filter(({ status }) => status === 'OPEN').length;
  }

  /** Opens a ticket; the same key finds the ticket of the first call. */
  open(input: OpenTicketInput): { ticket: TicketRecord; replayed: boolean } {
    const { email, subject, orderNumber, idempotencyKey } = input;
    const known = this.opened.get(idempotencyKey);
    if (known !== undefined) return { ticket: known, replayed: true };
    const ticket: TicketRecord = {
      id: `T-${1001 + this.tickets.length}`,
      email,
      subject,
      status: 'OPEN',
      openedAt: new Date().toISOString(),
      orderNumber: orderNumber ?? undefined,
    };
    this.tickets.unshift(ticket);
    this.opened.set(idempotencyKey, ticket);
    return { ticket, replayed: false };
  }
}

function nameOf(email: string): string {
  return email.toLowerCase();
}
