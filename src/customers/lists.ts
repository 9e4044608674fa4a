/** The rows of each id, in the order of the ids and of the rows; an id without rows gets none. */
export function listsOf<Row>(
  ids: readonly string[],
  rows: readonly Row[],
  idOf: (row: Row) => string,
): Row[][] {
  const lists = new Map(ids.map((id): [string, Row[]] => [id, []]));
  for (const row of rows) lists.get(idOf(row))?.push(row);
  return ids.map((id) => lists.get(id) ?? []);
}
