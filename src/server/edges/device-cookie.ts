import type { FastifyReply } from 'fastify';
import { randomBytes } from 'node:crypto';

const name = 'ar_device';
const yearSeconds = 365 * 86_400;
const ours = new RegExp(`(?:^|;) *${name}=([A-Za-z0-9_-]{22}) *(?:;|$)`);

/** What tells a browser apart from others, of its Cookie header; null when there is none of our making. */
export function deviceOf(cookies: string | undefined): string | null {
  return ours.exec(cookies ?? '')?.[1] ?? null;
}

/** A name for a browser that has none; it says nothing of whose it is. */
export function newDevice(): string {
  return randomBytes(16).toString('base64url');
}

/** Gives a browser its name, for a year, to be sent back to printed codes alone. */
export function setDevice(reply: FastifyReply, device: string, secure: boolean): void {
  const parts = [`${name}=${device}`, 'Path=/q', `Max-Age=${yearSeconds}`, 'HttpOnly'];
  const cookie = [...parts, 'SameSite=Lax', ...(secure ? ['Secure'] : [])].join('; ');
  void reply.header('set-cookie', cookie);
}
