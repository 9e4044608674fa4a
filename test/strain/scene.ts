import { SpawnedService } from '../support/spawned-service';
import { fundBrand, visitNow } from '../faults/brands';
import type { Wave } from './wave';

/** Settings of a PostgreSQL that keeps what it was given, with the memory of a small one. */
export const durable = { fsync: 'on', autovacuum: 'on', shared_buffers: '128MB' };

/** A running server with brands and people, and where to send waves. */
export interface Scene {
  server: SpawnedService;
  target: Pick<Wave, 'url' | 'apiKeys' | 'customers'>;
}

export interface SceneSize {
  brands: number;
  people: number;
  /** Visits each person has made with each brand before. */
  visits: number;
}

/** Starts a server on a database and fills it. */
export async function setScene(
  env: NodeJS.ProcessEnv,
  { brands, people, visits }: SceneSize,
): Promise<Scene> {
  const server = new SpawnedService(env);
  const url = await server.ready();
  const funded = await Promise.all(Array.from({ length: brands }, () => fundBrand(server, people)));
  for (let visit = 0; visit < visits; visit += 1) {
    for (const brand of funded) {
      await Promise.all(
        brand.customers.map((_, person) => visitNow(server, brand, undefined, person)),
      );
    }
  }
  const apiKeys = funded.map(({ apiKey }) => apiKey);
  return { server, target: { url, apiKeys, customers: funded[0]?.customers ?? [] } };
}
