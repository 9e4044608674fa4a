import type { Data } from '../support/test-service';

/** What a partner's subgraph answered. */
export interface PartnerAnswer {
  status: number;
  data: Data;
  errors: Data[] | undefined;
}

/** The brand whose data the examples hold in these tests. */
export const brand = 'brd_01h455vb4pex5vsknk084sn02q';

/** What the gateway says of a caller with a key of that brand. */
export const asBrand: Record<string, string> = { 'x-caller': 'brand', 'x-brand-id': brand };

/** Callers who have no business with that brand's data. */
export const strangers: [string, Record<string, string>][] = [
  ['another brand', { 'x-caller': 'brand', 'x-brand-id': 'brd_01h455vb4pex5vsknk084sn02r' }],
  ['nobody', {}],
  ['the platform', { 'x-caller': 'platform', 'x-brand-id': brand }],
];

/** Sends an operation to a subgraph with these headers. */
export async function sendTo(
  url: string,
  headers: Record<string, string>,
  query: string,
  variables: Data = {},
): Promise<PartnerAnswer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: answer.status, ...((await answer.json()) as Omit<PartnerAnswer, 'status'>) };
}

/** Does something again and again until a listener has heard of it: nothing says when it listens. */
export async function untilHeard<T>(heard: Promise<T>, again: () => Promise<unknown>): Promise<T> {
  const told = { over: false };
  const ended = () => (told.over = true);
  heard.then(ended, ended);
  while (!told.over) {
    await again();
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return heard;
}
