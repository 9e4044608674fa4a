import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, isInstalled } from '../../child';
import { versionOf } from '../machine';
import { startPeer, type Peer } from './peer';

const folder = join('bench', 'peers', 'postgraphile');

/** What it is asked: the card as its schema has it. */
export const postgraphileQuery = readFileSync(join(folder, 'card.graphql'), 'utf8');

const leastNode = 22;

/** Starts PostGraphile, installed where it is not; null, and told why, where it cannot be. */
export async function startPostgraphile(
  database: string,
  tell: (line: string) => void,
): Promise<Peer | null> {
  const node = nodeOf();
  if (node === null) {
    const { platform, arch, version } = process;
    tell(`PostGraphile is left out: no Node ${leastNode} for ${platform}-${arch}, ${version} runs`);
    return null;
  }
  const isThere = isInstalled(folder) && existsSync(node);
  if (!isThere) tell('installing PostGraphile, once');
  if (!isThere && !install(folder)) {
    tell('PostGraphile is left out: it could not be installed');
    return null;
  }
  tell(`PostGraphile ${versionOf('postgraphile', folder)} on ${versionOfNode(node)}`);
  const settings = { DATABASE_URL: database, GRAPHILE_ENV: 'production' };
  return startPeer(join(folder, 'server.js'), settings, node);
}

/** A Node that PostGraphile runs on: this one where it is new enough, else that of a package; null where none is. */
function nodeOf(): string | null {
  if (Number(process.versions.node.split('.')[0]) >= leastNode) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const { optionalDependencies } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as { optionalDependencies: Record<string, string> };
  return name in optionalDependencies ? join(folder, 'node_modules', name, 'bin', 'node') : null;
}

function versionOfNode(node: string): string {
  return `Node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}`;
}

interface Nodes<T> {
  nodes: T[];
}

interface Answer {
  createdAt: string;
  standing: { attentionScore: object; dormancy: object; currencyCode: string };
  totals: {
    orders: number;
    grossMinor: string;
    refundedMinor: string;
    firstAt: string;
    lastAt: string;
  } | null;
  wallet: {
    balance: string;
    held: string;
    lifetimeEarned: string;
    statement: Nodes<Record<'number' | 'amount' | 'balanceAfter', string> & { transfer: object }>;
  } | null;
  identities: Nodes<unknown>;
  consents: Nodes<unknown>;
  attention: Nodes<{ confidence: number }>;
  messages: Nodes<{ messageByMessageId: object }>;
}

const nothingBought = { orders: 0, grossMinor: 0, refundedMinor: 0, firstAt: null, lastAt: null };

/** Its answer in the shape of ours; what is nested and called otherwise, and numbers that it sends as text. */
export function cardOf(answered: Record<string, unknown>): Record<string, unknown> {
  const { createdAt, standing, totals, ...card } = answered as unknown as Answer;
  const { attentionScore, dormancy, currencyCode } = standing;
  const { grossMinor, refundedMinor, ...others } = totals ?? nothingBought;
  const amount = ((Number(grossMinor) - Number(refundedMinor)) / 100).toFixed(2);
  return {
    ...card,
    identities: card.identities.nodes,
    consents: card.consents.nodes,
    relationship: {
      createdAt,
      attentionScore,
      dormancy,
      purchaseTotals: { ...others, net: { amount, currencyCode } },
    },
    wallet: walletOf(card.wallet),
    attention: {
      nodes: card.attention.nodes.map((event) => ({
        ...event,
        confidence: event.confidence / 100,
      })),
    },
    messages: {
      nodes: card.messages.nodes.map(({ messageByMessageId, ...delivery }) => ({
        ...delivery,
        message: messageByMessageId,
      })),
    },
  };
}

function walletOf(wallet: Answer['wallet']): object {
  if (wallet === null) return { balance: 0, held: 0, lifetimeEarned: 0, statement: { nodes: [] } };
  const nodes = wallet.statement.nodes.map(({ transfer, ...line }) => ({
    ...line,
    ...transfer,
    number: Number(line.number),
    amount: Number(line.amount),
    balanceAfter: Number(line.balanceAfter),
  }));
  return {
    balance: Number(wallet.balance),
    held: Number(wallet.held),
    lifetimeEarned: Number(wallet.lifetimeEarned),
    statement: { nodes },
  };
}
