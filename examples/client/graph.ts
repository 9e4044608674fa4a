import type { TypedDocumentString } from '../../schema/generated/operations';

/** What the graph answers when a request may not run. */
export class GraphError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly retryable: boolean,
  ) {
    super(message);
  }
}

interface Body<Result> {
  data?: Result;
  errors?: { message: string; extensions?: { code?: string; retryable?: boolean } }[];
}

/**
 * A client of the graph in one function: typed documents in, typed data out. Throws GraphError when the
 * request may not run; what the business refuses is in the payload's `userErrors`.
 */
export async function request<Result, Variables>(
  { url, key }: { url: string; key: string },
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors } = (await response.json()) as Body<Result>;
  const error = errors?.[0];
  if (error !== undefined) {
    const { code = 'INTERNAL', retryable = false } = error.extensions ?? {};
    throw new GraphError(code, error.message, retryable);
  }
  return data as Result;
}
