import { createMetrics } from '../../src/server/metrics';
import { expectRefusal, startToyServer, type ToyServer } from '../support/toy-server';

describe('health and metrics', () => {
  let server: ToyServer;
  const metrics = createMetrics();
  beforeAll(async () => (server = await startToyServer({ metrics })));
  afterAll(() => server.close());

  it('answer without a key', async () => {
    expect((await server.fetch('/health/live')).json).toEqual({ status: 'live' });
    expect((await server.fetch('/health/ready')).json).toEqual({ status: 'ready' });
    expect((await server.fetch('/health/ready', { method: 'HEAD' })).status).toBe(200);
  });

  it('say not ready, in JSON, when the database refuses', async () => {
    server.service.seen.ping = async () => Promise.reject(new Error('password=hunter2'));
    const answer = await server.fetch('/health/ready');
    expectRefusal(answer, 503, 'UNAVAILABLE', 'hunter2');
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await server.fetch('/health/live')).status).toBe(200);
  });

  it('do not wait for a database that does not answer, and ask it once for many', async () => {
    let asked = 0;
    server.service.seen.ping = () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => server.fetch('/health/ready')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(asked).toBe(1);
    expect((await server.fetch('/metrics')).status).toBe(200);
  });

  it('recover by themselves', async () => {
    server.service.seen.ping = async () => undefined;
    expect((await server.fetch('/health/ready')).status).toBe(200);
  });

  it('count requests by route, operations by code, and batches of commands', async () => {
    await server.run('{ me { id } }', 'brand');
    await server.run('{ broken }', 'brand');
    await server.run('{ __typename }', 'unknown');
    await server.fetch('/nobody/serves/this');
    metrics.batchHooks.report?.({ kind: 'touch', size: 40, milliseconds: 12, failed: false });
    metrics.job({ job: 'sweep', outcomes: { swept: 2, left: 1 }, waiting: 7 });
    metrics.job({ job: 'sweep', outcomes: { swept: 3 } });
    const { text, headers } = await server.fetch('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    for (const line of [
      'rewards_graphql_operations_total{endpoint="graphql",type="query",code="OK"} 1',
      'rewards_graphql_operations_total{endpoint="graphql",type="query",code="INTERNAL"} 1',
      'rewards_graphql_operations_total{endpoint="graphql",type="none",code="UNAUTHENTICATED"} 1',
      'rewards_http_request_duration_seconds_count{route="/graphql",method="POST",status="200"} 1',
      'rewards_http_request_duration_seconds_count{route="none",method="GET",status="404"} 1',
      'rewards_command_batch_size_sum{kind="touch"} 40',
      'rewards_command_batch_duration_seconds_sum{kind="touch",outcome="committed"} 0.012',
      'rewards_command_lane_depth 0',
      'rewards_job_outcomes_total{job="sweep",outcome="swept"} 5',
      'rewards_job_outcomes_total{job="sweep",outcome="left"} 1',
      'rewards_job_waiting{job="sweep"} 7',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('nobody');
  });
});
