import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { SurprisePool } from './surprise-pool.type';
import { surprisePoolId } from './surprise.id';

/** Columns of the surprise_pools table. */
export interface SurprisePoolRow {
  id: string;
  brand_id: string;
  external_id: string;
  prize_mu: number;
  odds_one_in: number;
  pool_mu: number;
  window_hours: number;
  starts_at: Date;
  ends_at: Date;
  seed: Buffer;
  /** SHA-256 of the seed, fixed when the pool was made. */
  commitment: Buffer;
  created_at: Date;
  closed_at: Date | null;
}

/** A pool as stored answers keep it: with the seed's hash, and the seed only once it is published. */
export type SurprisePoolSnapshot = Omit<SurprisePoolRow, 'seed' | 'commitment'> & {
  commitment: string;
  seedHex: string | null;
};

export function snapshotOf({ seed, commitment, ...row }: SurprisePoolRow): SurprisePoolSnapshot {
  const seedHex = row.closed_at === null ? null : seed.toString('hex');
  return { ...row, commitment: commitment.toString('hex'), seedHex };
}

/** A pool; its UUID names the reserve its Mu is in. */
@TypeName('SurprisePool')
@Entity('surprise_pools')
export class SurprisePoolEntity implements SurprisePool {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'external_id' })
  externalId!: string;

  @Column({ type: 'bigint', name: 'prize_mu' })
  prizeMu!: number;

  @Column({ type: 'bigint', name: 'odds_one_in' })
  oddsOneIn!: number;

  @Column({ type: 'bigint', name: 'pool_mu' })
  poolMu!: number;

  @Column({ type: 'integer', name: 'window_hours' })
  windowHours!: number;

  @Column({ type: 'timestamptz', name: 'starts_at' })
  startsAt!: Date;

  @Column({ type: 'timestamptz', name: 'ends_at' })
  endsAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'closed_at', nullable: true })
  closedAt!: Date | null;

  /** SHA-256 of the seed, as hex. */
  commitment!: string;

  /** The seed as hex once the pool is closed; never before. */
  seed!: string | null;

  get id(): string {
    return surprisePoolId.encode(this.uuid);
  }
}
