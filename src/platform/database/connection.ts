import type { ClientConfig, QueryResult } from 'pg';
import { Client } from 'pg';
import type { Limits } from '../limits';
import { exactTypes, PreparedClient } from './prepared-client';
import { rowScopeStatement, setRowScope, type RowScope } from './row-scope';

/** The role the service works as: neither owner nor superuser, so row-level security binds it. */
export const appRole = 'atomic_rewards_app';

/** How the service reaches its database. */
export interface ConnectionSettings {
  url: string;
  prepared: boolean;
  limits: Limits;
}

function sessionSettings(limits: Limits): [name: string, value: string][] {
  return [
    ['role', appRole],
    ['statement_timeout', String(limits.statementMs)],
    ['lock_timeout', String(limits.lockMs)],
    ['idle_in_transaction_session_timeout', String(limits.idleInTransactionMs)],
    ['jit', 'off'],
    ['timezone', 'UTC'],
  ];
}

/** Client options for a pool. Behind a pooler, start-up options are refused, so `begin` sets them. */
export function clientOptions(
  settings: ConnectionSettings,
): ClientConfig & { Client: typeof Client } {
  const options = sessionSettings(settings.limits)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
  return {
    application_name: 'atomic-rewards',
    keepAlive: true,
    types: exactTypes,
    ...(settings.prepared ? { options, Client: PreparedClient } : { Client }),
  };
}

/** What opens the snapshot of a read: one message, and the same as statements that can be prepared. */
export interface Opening {
  message: string;
  statements: readonly { text: string; values: unknown[] }[];
}

/** Opens a snapshot for one row scope. */
export function openingOf(settings: ConnectionSettings, scope: RowScope): Opening {
  const { text, values } = rowScopeStatement(scope);
  const before = [beginReading, ...settingsBehindPooler(settings)];
  return {
    message: begin(settings, 'read', scope),
    statements: [...before.map((one) => ({ text: one, values: [] })), { text, values }],
  };
}

const beginReading = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

function settingsBehindPooler({ prepared, limits }: ConnectionSettings): string[] {
  if (prepared) return [];
  return sessionSettings(limits).map(([name, value]) => `SET LOCAL ${name} = '${value}'`);
}

/** The message that opens a transaction for one row scope, in a single round trip. */
export function begin(
  settings: ConnectionSettings,
  mode: 'read' | 'write',
  scope: RowScope,
): string {
  const open = mode === 'read' ? beginReading : 'BEGIN';
  return [open, ...settingsBehindPooler(settings), setRowScope(scope)].join('; ');
}

/** What the last statement of such a message told of the time: several are answered by a list. */
export function nowOf(opened: unknown): Date {
  const results = opened as QueryResult<{ now: Date }>[];
  return (results[results.length - 1] as QueryResult<{ now: Date }>).rows[0]?.now as Date;
}
