import { createHash, createHmac } from 'node:crypto';
import { customerId } from '../customers';
import { surprisePoolId } from './surprise.id';

const hashRange = 1n << 256n;

/** Whom a draw is for, and in which of the pool's windows; UUIDs inside, public ids in the hash. */
export interface DrawTicket {
  poolUuid: string;
  ticketUuid: string;
  window: number;
}

/** The text that is hashed with the seed: pool, customer and number of the window, as anybody sees them. */
export function hashInput({ poolUuid, ticketUuid, window }: DrawTicket): string {
  return `${surprisePoolId.encode(poolUuid)}|${customerId.encode(ticketUuid)}|${window}`;
}

/**
 * Whether a ticket wins: HMAC-SHA256 of its text under the seed, read as a number N below 2^256, wins
 * when N × odds < 2^256. Every number counts, so there is no remainder that would favour some of them.
 */
export function wins(seed: Buffer, ticket: DrawTicket, oddsOneIn: number): boolean {
  const digest = createHmac('sha256', seed).update(hashInput(ticket), 'utf8').digest('hex');
  return BigInt(`0x${digest}`) * BigInt(oddsOneIn) < hashRange;
}

/** What is published of a seed while it is secret: its SHA-256. */
export function commitmentOf(seed: Buffer): Buffer {
  return createHash('sha256').update(seed).digest();
}

const hour = 3_600_000;

/** The number of the window a moment falls into, from 0 at the pool's start. */
export function windowAt(moment: Date, startsAt: Date, windowHours: number): number {
  return Math.floor((moment.getTime() - startsAt.getTime()) / (windowHours * hour));
}
