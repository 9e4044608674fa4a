import type { Data } from '../support/test-service';

/** An answer, and how far it has seen. */
export interface Positioned {
  status: number;
  data: Data;
  codes: string[];
  position: string | null;
}

/** Asks a server as a client that carries a position, or as one that carries none. */
export async function askFrom(
  url: string,
  bearer: string,
  query: string,
  variables: Data,
  position: string | null,
): Promise<Positioned> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${bearer}`,
      ...(position === null ? {} : { 'rewards-position': position }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await response.json()) as { data?: Data; errors?: Data[] };
  return {
    status: response.status,
    data: data ?? {},
    codes: errors.map(({ extensions }) => (extensions as Data)['code'] as string),
    position: response.headers.get('rewards-position'),
  };
}

/** Read sessions of a server so far, by where they were opened and why. */
export async function sessionsOf(url: string): Promise<{ standby: number; primary: Data }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts: Data = {};
  const line = /^rewards_read_sessions_total\{place="\w+",cause="(\w+)"\} (\d+)$/gm;
  for (const [, cause = '', count] of text.matchAll(line)) counts[cause] = Number(count);
  const { standby = 0, ...primary } = counts;
  return { standby: standby as number, primary };
}

/** What a server says of its standbys. */
export async function standbysOf(url: string): Promise<Data[]> {
  const response = await fetch(`${url}/health/ready?verbose`);
  return ((await response.json()) as Data)['standbys'] as Data[];
}
