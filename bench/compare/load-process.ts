import autocannon from 'autocannon';
import type { Load, Loaded } from './load';
import { requestsOf, type Requests } from './requests';
import { answerJobs } from './started-process';

/** Counts what is not as it should be, beside what autocannon counts. */
interface Refusals {
  count: number;
  first: string | null;
}

function sendTo(
  url: string,
  { connections, amount }: { connections: number; amount: number },
  { requests, refusals }: { requests: Requests; refusals: Refusals },
): Promise<autocannon.Result> {
  return autocannon({
    url,
    connections,
    amount,
    method: 'POST',
    requests: [
      {
        setupRequest(request) {
          const { key, body } = requests.next();
          const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
          return { ...request, headers, body };
        },
        onResponse(status, body) {
          if (status === 200 && requests.isGood(body)) return;
          refusals.count += 1;
          refusals.first ??= `${status} ${body.slice(0, 500)}`;
        },
      },
    ],
  });
}

/** Over several processes the times are those of the one that took longest. */
async function send(load: Load): Promise<Loaded> {
  const { urls, connections, requests, what } = load;
  const refusals: Refusals = { count: 0, first: null };
  const share = {
    connections: Math.ceil(connections / urls.length),
    amount: Math.ceil(requests / urls.length),
  };
  const began = performance.now();
  const results = await Promise.all(
    urls.map((url) => sendTo(url, share, { refusals, requests: requestsOf[what](load) })),
  );
  const seconds = (performance.now() - began) / 1000;
  const broken = results.reduce((sum, { errors }) => sum + errors, 0);
  return {
    perSecond: results.reduce((sum, one) => sum + one.requests.total, 0) / seconds,
    p50: Math.max(...results.map(({ latency }) => latency.p50)),
    p99: Math.max(...results.map(({ latency }) => latency.p99)),
    refused: refusals.count + broken,
    refusal: refusals.first ?? (broken > 0 ? 'a broken connection' : null),
  };
}

answerJobs(send);
