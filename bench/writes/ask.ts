/** Sends one operation and answers its data. */
export async function ask(
  { url, key }: { url: string; key: string },
  query: string,
  variables: object = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, unknown>;
    errors?: unknown;
  };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}
