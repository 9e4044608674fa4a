/**
 * What row-level security lets a database session see. `tenants` are brand ids (and idempotency
 * scopes), `subject` a customer's id; `everything` is for the operator and for jobs across tenants;
 * `directory` lets a writer resolve rows that span tenants (accounts, identities).
 */
export interface RowScope {
  tenants: readonly string[];
  subject: string | null;
  everything: boolean;
  directory: boolean;
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function checked(uuid: string): string {
  if (!uuidPattern.test(uuid)) throw new Error('row scope takes UUIDs only');
  return uuid;
}

/**
 * The statement that sets the scope for the current database transaction and no longer. Its values are
 * UUIDs checked against a pattern, so that it can travel in one message with BEGIN.
 */
export function setRowScope(scope: RowScope): string {
  const tenants = `{${scope.tenants.map(checked).join(',')}}`;
  const subject = scope.subject === null ? '' : checked(scope.subject);
  const reach = scope.everything ? 'everything' : scope.directory ? 'directory' : '';
  return (
    `SELECT set_config('app.tenants', '${tenants}', true), ` +
    `set_config('app.subject', '${subject}', true), set_config('app.reach', '${reach}', true)`
  );
}
