import autocannon from 'autocannon';
import type { Load, Loaded } from './load';
import { requestsOf, type Requests } from './requests';
import { answerJobs } from './started-process';

/** Counts what is not as it should be, beside what autocannon counts, and when the last answer came. */
interface Answers {
  refused: number;
  refusal: string | null;
  lastAt: number;
}

// It tells that it is done only at the end of a sample, so a long one would keep the next one's turn waiting.
const msOfSample = 50;

function sendTo(
  url: string,
  { connections, amount }: { connections: number; amount: number },
  { requests, answers }: { requests: Requests; answers: Answers },
): Promise<autocannon.Result> {
  return autocannon({
    url,
    connections,
    amount,
    sampleInt: msOfSample,
    method: 'POST',
    requests: [
      {
        setupRequest(request) {
          const { key, body } = requests.next();
          const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
          return { ...request, headers, body };
        },
        onResponse(status, body) {
          answers.lastAt = performance.now();
          if (status === 200 && requests.isGood(body)) return;
          answers.refused += 1;
          answers.refusal ??= `${status} ${body.slice(0, 500)}`;
        },
      },
    ],
  });
}

/** Over several processes the times are those of the one that took longest. */
async function send(load: Load): Promise<Loaded> {
  const { urls, connections, requests, what } = load;
  const share = {
    connections: Math.ceil(connections / urls.length),
    amount: Math.ceil(requests / urls.length),
  };
  const began = performance.now();
  const answers: Answers = { refused: 0, refusal: null, lastAt: began };
  const results = await Promise.all(
    urls.map((url) => sendTo(url, share, { answers, requests: requestsOf[what](load) })),
  );
  const seconds = (answers.lastAt - began) / 1000;
  const broken = results.reduce((sum, { errors }) => sum + errors, 0);
  return {
    perSecond: results.reduce((sum, one) => sum + one.requests.total, 0) / seconds,
    p50: Math.max(...results.map(({ latency }) => latency.p50)),
    p99: Math.max(...results.map(({ latency }) => latency.p99)),
    refused: answers.refused + broken,
    refusal: answers.refusal ?? (broken > 0 ? 'a broken connection' : null),
  };
}

answerJobs(send);
