import { Query, type PoolClient } from 'pg';
import { prepareValue } from 'pg/lib/utils';
import { asParameters, PreparedClient } from './prepared-client';
import { nameOf, noteFailure } from './statement-names';

/** A statement on its way, and who waits for its rows. */
export interface AskedStatement {
  text: string;
  values: readonly unknown[];
  resolve: (rows: Row[]) => void;
  reject: (error: unknown) => void;
}

type Row = Record<string, unknown>;

/** What we use of the driver's connection. */
interface Wire {
  stream: { writable: boolean; write(message: Buffer): boolean };
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
  parse(message: { text: string; name: string | undefined }): void;
  bind(message: object): void;
  describe(message: { type: 'P'; name: '' }): void;
  execute(message: object): void;
  sync(): void;
}

/** How the rows of a statement are read. */
interface Columns {
  names: readonly string[];
  parsers: readonly ((text: string) => unknown)[];
}

interface FieldMessage {
  fields: readonly { name: string; dataTypeID: number }[];
}

/** By connection and the name of the statement: PostgreSQL refuses a prepared statement whose columns have changed. */
const known = new WeakMap<Wire, Map<string, Columns>>();

// The driver sends nothing on a pipelined connection but its own queries, with a Sync behind each.
const DriverQuery = Query as unknown as new (config: { text: string }) => {
  callback?: ((error: unknown, result?: unknown) => void) | undefined;
  name: string | undefined;
  text: string;
};

const asItIs = (value: unknown): unknown => value;

/**
 * Statements that are answered in one piece: PostgreSQL sends nothing before it has run all of them, and
 * after one that fails it runs none. Alone, each would be a message of its own both ways, which costs
 * more than running most of them.
 */
class StatementBatch extends DriverQuery {
  private at = -1;
  private found: Row[] = [];
  private columns: Columns | undefined;
  private unreadable: unknown = null;
  private readonly names: (string | undefined)[];
  private wire: Wire | null = null;

  constructor(
    private readonly client: PoolClient,
    private readonly statements: readonly AskedStatement[],
  ) {
    super({ text: '' });
    const prepares = client instanceof PreparedClient;
    this.names = statements.map(({ text }) => (prepares ? nameOf(text) : undefined));
  }

  /** Called by the driver, as is all that follows. */
  submit(wire: Wire): Error | null {
    if (!known.has(wire)) known.set(wire, new Map());
    this.wire = wire;
    const { stream } = wire;
    const messages: Buffer[] = [];
    // One buffer is written in less time than the dozens of small ones it is made of.
    wire.stream = { writable: stream.writable, write: (message) => messages.push(message) > 0 };
    this.write(wire);
    wire.stream = stream;
    if (stream.writable) stream.write(Buffer.concat(messages));
    this.next();
    return null;
  }

  private write(wire: Wire): void {
    const columns = known.get(wire);
    this.statements.forEach(({ text, values }, at) => {
      const name = this.names[at];
      if (name === undefined || !isParsed(wire, name)) {
        wire.parse({ text, name });
        if (name !== undefined) wire.submittedNamedStatements[name] = text;
      }
      wire.bind({ statement: name ?? '', values, valueMapper: asItIs });
      if (name === undefined || columns?.has(name) !== true) wire.describe({ type: 'P', name: '' });
      wire.execute({});
    });
    wire.sync();
  }

  handleRowDescription({ fields }: FieldMessage): void {
    this.columns = {
      names: fields.map(({ name }) => name),
      parsers: fields.map(
        ({ dataTypeID }) => this.client.getTypeParser(dataTypeID, 'text') as Columns['parsers'][0],
      ),
    };
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const { names, parsers } = this.columns ?? { names: [], parsers: [] };
    const row: Row = {};
    try {
      for (let at = 0; at < names.length; at += 1) {
        const text = fields[at] as string | null;
        row[names[at] as string] = text === null ? null : parsers[at]?.(text);
      }
    } catch (error) {
      this.unreadable ??= error;
    }
    this.found.push(row);
  }

  handleCommandComplete(): void {
    const { name, columns, found, unreadable } = this;
    if (name !== undefined && this.wire !== null) {
      known.get(this.wire)?.set(name, columns ?? { names: [], parsers: [] });
    }
    const statement = this.statements[this.at];
    if (unreadable === null) statement?.resolve(found);
    else statement?.reject(unreadable);
    this.next();
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete();
  }

  handleError(error: unknown): void {
    const failed = this.statements[this.at];
    if (failed !== undefined) noteFailure(error, failed.text, this.names[this.at]);
    for (let at = Math.max(0, this.at); at < this.statements.length; at += 1) {
      // What stood behind has not been parsed.
      const name = this.names[at];
      if (name !== undefined && this.wire !== null)
        Reflect.deleteProperty(this.wire.submittedNamedStatements, name);
      this.statements[at]?.reject(error);
    }
    this.at = this.statements.length;
    this.callback?.(error);
  }

  handleReadyForQuery(): void {
    this.callback?.(null);
  }

  /** Name and text are what the driver takes a parsed statement for. */
  private next(): void {
    this.at += 1;
    this.name = this.names[this.at];
    this.text = this.statements[this.at]?.text ?? '';
    this.found = [];
    this.unreadable = null;
    this.columns =
      this.name === undefined || this.wire === null
        ? undefined
        : known.get(this.wire)?.get(this.name);
  }
}

function isParsed(wire: Wire, name: string): boolean {
  return (
    wire.parsedStatements[name] !== undefined || wire.submittedNamedStatements[name] !== undefined
  );
}

/**
 * Sends statements in one piece; each is answered, or told of the first failure, by itself. One whose values
 * cannot be written fails alone and before the others go: what opens a transaction must not stay behind.
 */
export function sendTogether(client: PoolClient, statements: readonly AskedStatement[]): void {
  const ready = statements.flatMap(written);
  if (ready.length > 0) client.query(new StatementBatch(client, ready) as never);
}

/** The statement with its values as PostgreSQL reads them; none when they cannot be written. */
function written(asked: AskedStatement): AskedStatement[] {
  try {
    return [{ ...asked, values: asParameters(asked.text, asked.values).map(prepareValue) }];
  } catch (error) {
    asked.reject(error);
    return [];
  }
}
