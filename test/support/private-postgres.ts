import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, sep } from 'node:path';
import { Client } from 'pg';
import { prepareBinaries } from '../../src/platform/database/embedded/binaries';
import {
  spawnGuarded,
  type GuardedProcess,
} from '../../src/platform/database/embedded/guarded-spawn';
import { locateNativeFolder } from '../../src/platform/database/embedded/native-folder';
import { processIdentity } from '../../src/platform/database/embedded/process-identity';
import { run } from '../../src/platform/database/embedded/processes';
import { chooseRunAs, type RunAs } from '../../src/platform/database/embedded/run-as';
import { afterwards } from './afterwards';
import { eventually } from './spawned-service';

export interface PrivatePostgresOptions {
  settings?: Record<string, string>;
  /** The folder with `initdb` and `postgres`; that of the embedded PostgreSQL when absent. */
  bin?: string;
}

const quick = {
  fsync: 'off',
  shared_buffers: '16MB',
  autovacuum: 'off',
  max_parallel_workers_per_gather: '0',
};

/** Files that come and go while a server runs, which a backup leaves out. */
function isPassing(path: string): boolean {
  return /^(xlogtemp|pgsql_tmp|pg_internal\.init)/.test(basename(path));
}

/** A PostgreSQL of one test file on a port that it keeps, to be crashed and started again. */
export class PrivatePostgres {
  private server: GuardedProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly bin: string,
    private readonly as: RunAs,
    private readonly port: number,
    private settings: Record<string, string>,
  ) {}

  /** Creates a cluster, whose only user is the superuser `postgres` without a password, and starts it. */
  static async start({
    settings = {},
    bin,
  }: PrivatePostgresOptions = {}): Promise<PrivatePostgres> {
    const as = await chooseRunAs();
    const native = async () => prepareBinaries(locateNativeFolder(), as, () => undefined);
    const binaries = bin ?? (await native()).bin;
    const folder = await mkdtemp(join(tmpdir(), 'rewards-postgres-'));
    const cluster = new PrivatePostgres(folder, binaries, as, await freePort(), settings);
    afterwards(() => cluster.remove());
    await cluster.initialize();
    await cluster.restart();
    return cluster;
  }

  /**
   * Starts a hot standby of this cluster, from a backup of its running files. It follows by streaming,
   * never waits for the primary to say that it is there, and is crashed and restarted like any other.
   */
  async startStandby(settings: Record<string, string> = {}): Promise<PrivatePostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'rewards-standby-'));
    const follow = `host=127.0.0.1 port=${this.port} user=postgres application_name=standby`;
    const standby = new PrivatePostgres(folder, this.bin, this.as, await freePort(), {
      primary_conninfo: follow,
      wal_retrieve_retry_interval: '100ms',
      ...settings,
    });
    afterwards(() => standby.remove());
    await chmod(folder, 0o755);
    await copyRunning(new Client({ connectionString: this.url() }), this.data, standby.data);
    const { uid, gid } = this.as;
    if (uid !== undefined) await run(['chown', '-R', `${uid}:${gid}`, standby.data]);
    await standby.restart();
    return standby;
  }

  /** Stops every process of it where it is, as a machine that hangs; answers what lets them go on. */
  async freeze(): Promise<() => void> {
    const pid = (this.server as GuardedProcess).child.pid as number;
    const pids = [pid, ...(await childrenOf(pid))];
    pids.forEach((each) => signal(each, 'SIGSTOP'));
    return () => pids.forEach((each) => signal(each, 'SIGCONT'));
  }

  /** The superuser's address. */
  url(database = 'postgres', user = 'postgres'): string {
    return `postgres://${user}@127.0.0.1:${this.port}/${database}?sslmode=disable`;
  }

  /** Starts it again on its port and waits until it takes statements. */
  async restart(settings: Record<string, string> = this.settings): Promise<void> {
    this.settings = settings;
    const all = { ...quick, ...settings, port: String(this.port), unix_socket_directories: '' };
    const words = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const output = await open(join(this.folder, 'server.log'), 'a');
    const command = [join(this.bin, 'postgres'), '-D', this.data, ...words];
    this.server = await spawnGuarded(command, { as: this.as, cwd: this.data, output: output.fd });
    await output.close();
    await eventually(() =>
      this.query('SELECT 1').then(
        () => true,
        () => false,
      ),
    );
  }

  /**
   * Ends it without a checkpoint or a word to its clients: by immediate shutdown, or by killing every
   * process of it at once.
   */
  async crash(how: 'immediate shutdown' | 'kill -9'): Promise<void> {
    const { child, ended } = this.server as GuardedProcess;
    const pid = child.pid as number;
    const pids = [pid, ...(await childrenOf(pid))];
    if (how === 'kill -9') pids.forEach((each) => signal(each, 'SIGKILL'));
    else signal(pid, 'SIGQUIT');
    await ended;
    for (const each of pids) {
      await eventually(async () => (await processIdentity(each)) === undefined);
    }
  }

  /**
   * Copies the files of the running server as a backup tool does, and lets `meanwhile` happen between
   * the beginning and the end of it. The answer starts what was copied, on a port of its own.
   */
  async backUp(meanwhile: () => Promise<void>): Promise<() => Promise<PrivatePostgres>> {
    const folder = await mkdtemp(join(tmpdir(), 'rewards-backup-'));
    const copy = new PrivatePostgres(folder, this.bin, this.as, await freePort(), this.settings);
    afterwards(() => copy.remove());
    const session = new Client({ connectionString: this.url() });
    await session.connect();
    try {
      await session.query(`SELECT pg_backup_start('copy', fast => true)`);
      const skipped = new Set(['postmaster.pid', 'pg_wal'].map((name) => join(this.data, name)));
      await cp(this.data, copy.data, {
        recursive: true,
        filter: (path) => !skipped.has(path) && !isPassing(path),
      });
      await meanwhile();
      const { rows } = await session.query<{ label: string }>(
        `SELECT labelfile AS label FROM pg_backup_stop(wait_for_archive => false)`,
      );
      await cp(join(this.data, 'pg_wal'), join(copy.data, 'pg_wal'), {
        recursive: true,
        filter: (path) => !isPassing(path),
      });
      await writeFile(join(copy.data, 'backup_label'), rows[0]!.label);
    } finally {
      await session.end();
    }
    const owner = this.as.uid === undefined ? [] : [`${this.as.uid}:${this.as.gid}`];
    if (owner.length > 0) await run(['chown', '-R', ...owner, folder]);
    await chmod(folder, 0o755);
    return async () => {
      await copy.restart();
      return copy;
    };
  }

  /** Runs one statement on a connection of its own, as the superuser unless another is named. */
  async query<Row = Record<string, unknown>>(
    text: string,
    values: unknown[] = [],
    database = 'postgres',
    user = 'postgres',
  ): Promise<Row[]> {
    const client = new Client({ connectionString: this.url(database, user) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, values)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private async initialize(): Promise<void> {
    await chmod(this.folder, 0o755);
    await mkdir(this.data, { mode: 0o700 });
    const { uid, gid } = this.as;
    if (uid !== undefined && gid !== undefined) await chown(this.data, uid, gid);
    const words = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '-N'];
    const command = [join(this.bin, 'initdb'), '-D', this.data, ...words];
    const { code, output } = await run(command, { as: this.as, cwd: this.data });
    if (code !== 0) throw new Error(output);
  }

  private async remove(): Promise<void> {
    if (this.server !== undefined) {
      this.server.child.kill('SIGQUIT');
      await this.server.ended;
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** The folder of an installed PostgreSQL of that major version, if this machine has one. */
export function installedPostgres(version: number): string | undefined {
  const bin = `/usr/lib/postgresql/${version}/bin`;
  return existsSync(join(bin, 'postgres')) ? bin : undefined;
}

/** The low-level backup of PostgreSQL: its files while they change, and the label that makes them whole. */
async function copyRunning(client: Client, from: string, to: string): Promise<void> {
  await client.connect();
  try {
    await client.query(`SELECT pg_backup_start('standby', true)`);
    const passing = new Set(['postmaster.pid', 'postmaster.opts'].map((name) => join(from, name)));
    const wal = join(from, 'pg_wal') + sep;
    const filter = (path: string): boolean => !passing.has(path) && !path.startsWith(wal);
    await cp(from, to, { recursive: true, filter });
    const { rows } = await client.query<{ label: string }>(
      'SELECT labelfile AS label FROM pg_backup_stop(false)',
    );
    await writeFile(join(to, 'backup_label'), rows[0]?.label ?? '');
    await writeFile(join(to, 'standby.signal'), '');
    await chmod(to, 0o700);
  } finally {
    await client.end();
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const { output } = await run(['ps', '-A', '-o', 'pid=,ppid=']);
  const pairs = output.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
