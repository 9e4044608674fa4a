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

/** The values of the three settings that row-level security reads. */
function valuesOf(scope: RowScope): [tenants: string, subject: string, reach: string] {
  return [
    `{${scope.tenants.map(checked).join(',')}}`,
    scope.subject === null ? '' : checked(scope.subject),
    scope.everything ? 'everything' : scope.directory ? 'directory' : '',
  ];
}

const setting = (tenants: string, subject: string, reach: string): string =>
  `SELECT set_config('app.tenants', ${tenants}, true), ` +
  `set_config('app.subject', ${subject}, true), set_config('app.reach', ${reach}, true)`;

/**
 * The statement that sets the scope for the current database transaction and no longer. Its values are
 * UUIDs checked against a pattern, so that it can travel in one message with BEGIN.
 */
export function setRowScope(scope: RowScope): string {
  const [tenants, subject, reach] = valuesOf(scope);
  return setting(`'${tenants}'`, `'${subject}'`, `'${reach}'`);
}

const scopeText = setting('$1', '$2', '$3');

/** The same with parameters, so that it is planned once. */
export function rowScopeStatement(scope: RowScope): { text: string; values: string[] } {
  return { text: scopeText, values: valuesOf(scope) };
}
