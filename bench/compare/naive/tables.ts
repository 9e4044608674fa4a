import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';

/** A tenant, found by its key. */
@Entity()
export class NaiveBrand {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Index({ unique: true }) @Column('text') apiKey!: string;
}

@Entity()
@Index(['brandId', 'externalId'], { unique: true })
export class NaiveCustomer {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('uuid') brandId!: string;
  @Column('text') externalId!: string;
}

/** A budget or a wallet. */
@Entity()
@Index(['kind', 'owner'], { unique: true })
export class NaiveAccount {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('text') kind!: 'BUDGET' | 'WALLET';
  @Column('uuid') owner!: string;
  @Column('bigint') balance!: string;
}

/** What a key was answered, so that a second sending changes nothing. */
@Entity()
export class NaiveKey {
  @PrimaryColumn('uuid') brandId!: string;
  @PrimaryColumn('text') key!: string;
  @Column('jsonb') answer!: object;
  @CreateDateColumn({ type: 'timestamptz' }) createdAt!: Date;
}

@Entity()
@Index(['customerId', 'recordedAt'])
export class NaiveEvent {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('uuid') brandId!: string;
  @Column('uuid') customerId!: string;
  @ManyToOne(() => NaiveCustomer) @JoinColumn({ name: 'customerId' }) customer?: NaiveCustomer;
  @Column('text') action!: string;
  @Column('text', { nullable: true }) channel!: string | null;
  @CreateDateColumn({ type: 'timestamptz' }) recordedAt!: Date;
}

@Entity()
export class NaiveTransfer {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('uuid') eventId!: string;
  @Column('bigint') amount!: string;
  @CreateDateColumn({ type: 'timestamptz' }) postedAt!: Date;
}

@Entity()
@Index(['accountId', 'postedAt'])
export class NaiveEntry {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('uuid') transferId!: string;
  @ManyToOne(() => NaiveTransfer) @JoinColumn({ name: 'transferId' }) transfer?: NaiveTransfer;
  @Column('bigint') accountId!: string;
  @Column('bigint') amount!: string;
  @Column('bigint') balanceAfter!: string;
  @CreateDateColumn({ type: 'timestamptz' }) postedAt!: Date;
}

export const naiveTables = [
  NaiveBrand,
  NaiveCustomer,
  NaiveAccount,
  NaiveKey,
  NaiveEvent,
  NaiveTransfer,
  NaiveEntry,
];
