import { launchFrom, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './launch';
import { locateNativeFolder } from './native-folder';

export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './launch';

/**
 * Starts the PostgreSQL that comes with npm, or finds it running: a real server on a free port of
 * 127.0.0.1 whose data stays in `dataDir`. It works as root, as an ordinary user and below closed
 * folders, and it ends with this process, however that ends. While one process serves a folder,
 * other processes that start on the same folder share its server and lose it when that process
 * ends.
 *
 * @throws Error that says what to do when the binaries are missing or do not run here, or when the
 *   data cannot be used (other major version, other owner, held by another container).
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  return launchFrom(locateNativeFolder(), options);
}
