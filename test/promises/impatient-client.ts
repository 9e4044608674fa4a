import { Agent, request } from 'node:http';
import type { Data } from '../support/test-service';

/** An operation as it is sent, whole, as often as it takes. */
export interface Sent {
  bearer: string;
  query: string;
  variables: Data;
}

/** A client that does not always wait for its answers. */
export class ImpatientClient {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly url: string) {}

  /**
   * Sends an operation and answers its data; null when the answer is lost: the client hung up so many
   * milliseconds after all was sent, or was told to come again.
   */
  send({ bearer, ...body }: Sent, hangUpMs?: number): Promise<Data | null> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
    return new Promise((resolve, reject) => {
      const sending = request(`${this.url}/graphql`, {
        method: 'POST',
        agent: this.agent,
        headers,
      });
      let hungUp = false;
      sending.on('response', (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('error', () => undefined);
        response.on('end', () => {
          const { data, errors } = JSON.parse(text) as { data?: Data; errors?: unknown };
          if (response.statusCode === 503) resolve(null);
          else if (errors === undefined && data !== undefined) resolve(data);
          else reject(new Error(text));
        });
      });
      sending.on('close', () => resolve(null));
      sending.on('error', (error) => (hungUp ? resolve(null) : reject(error)));
      sending.end(JSON.stringify(body), () => {
        if (hangUpMs === undefined) return;
        setTimeout(() => {
          hungUp = true;
          sending.destroy();
        }, hangUpMs);
      });
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
