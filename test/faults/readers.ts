import { afterwards } from '../support/afterwards';
import type { HttpAnswer, SpawnedService } from '../support/spawned-service';

const wallets = `{ customers(first: 5) { nodes { id wallet { balance statement(first: 5) { nodes {
  amount transfer { id } } } } } } }`;

/** Readers that ask again and again until they are told to stop, and all they were answered. */
export function startReading(
  server: SpawnedService,
  apiKey: string,
): { stop(): Promise<HttpAnswer[]> } {
  const answers: HttpAnswer[] = [];
  let reading = true;
  afterwards(() => (reading = false));
  const read = async (): Promise<void> => {
    while (reading) {
      answers.push(await server.ask(wallets, {}, apiKey));
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  const readers = Promise.all(Array.from({ length: 12 }, read));
  readers.catch(() => undefined);
  return {
    async stop() {
      reading = false;
      await readers;
      return answers;
    },
  };
}
