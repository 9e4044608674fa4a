import { loadBase } from '../../load/base';
import { theBrand } from '../../load/brand';
import { databaseOf, onConnection, openService, type Place, type Size } from '../../load/place';

/** Bases whose customers have done as much: 25 events each, so that only the number of customers differs. */
export const bases = {
  small: { customers: 400, events: 10_000 },
  compared: { customers: 4000, events: 100_000 },
  large: { customers: 40_000, events: 1_000_000 },
} as const satisfies Record<string, Size>;

/** A loaded base. */
export interface ViewBase {
  database: string;
  key: string;
  customers: number;
}

/** Loads the base where it is not there yet; the large one takes two minutes, once. */
export async function openBase(
  place: Place,
  size: Size,
  tell: (line: string) => void,
): Promise<ViewBase> {
  const name = databaseOf(size);
  const there = await onConnection(place.urlOf('postgres'), async (client) => {
    const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    return rows.length > 0;
  });
  if (!there) {
    tell(`view: loading ${name}, once`);
    await loadBase(place, size, { bare: false });
  }
  const database = place.urlOf(name);
  const service = await openService(database);
  try {
    const { key } = await theBrand(service);
    return { database, key, customers: size.customers };
  } finally {
    await service.close();
  }
}
