import type { CommandTransaction } from '../platform/database/command';
import { exportJobId } from './export.id';

/** How an export ended. */
export interface Finished {
  id: string;
  brandId: string;
  status: 'DONE' | 'FAILED';
  rows: number;
  bytes: number;
}

/** Announces that an export is done or has failed. */
export function tellFinished(tx: CommandTransaction, finished: Finished): void {
  const { id, brandId, status, rows, bytes } = finished;
  const payload = { exportId: exportJobId.encode(id), status, rows, bytes };
  tx.announce({ topic: 'export.finished', brandId, customerId: null, payload });
}
