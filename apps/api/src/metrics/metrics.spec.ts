import { describe, expect, it } from '@jest/globals';
import { Metrics } from './metrics.js';

const lines = async (metrics: Metrics, name: string) =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(name));

describe('Metrics', () => {
  it('counts gateway calls by outcome and by sub-codes of the catalogue alone', async () => {
    const metrics = new Metrics();
    const call = (outcome: 'success' | 'end-user' | 'unknown-outcome', subCode?: string | null) =>
      metrics.gatewayCall('apply', () =>
        Promise.resolve({ outcome, code: '40004', ...(subCode === undefined ? {} : { subCode }) }),
      );
    await call('success');
    await call('end-user', 'NO_USER_ERROR');
    await call('end-user', 'isv.no_user_error');
    await call('unknown-outcome', '13588111111');
    await call('unknown-outcome', null);
    expect(await lines(metrics, 'zhimaper_gateway_calls_total')).toEqual([
      'zhimaper_gateway_calls_total{call="apply",outcome="success",sub_code="none"} 1',
      'zhimaper_gateway_calls_total{call="apply",outcome="end-user",sub_code="NO_USER_ERROR"} 2',
      'zhimaper_gateway_calls_total{call="apply",outcome="unknown-outcome",sub_code="other"} 1',
      'zhimaper_gateway_calls_total{call="apply",outcome="unknown-outcome",sub_code="none"} 1',
    ]);
    expect(await lines(metrics, 'zhimaper_gateway_call_duration_seconds_count')).toContain(
      'zhimaper_gateway_call_duration_seconds_count{call="apply",outcome="end-user"} 2',
    );
  });

  it('counts requests by the pattern of their route', async () => {
    const metrics = new Metrics();
    metrics.request('GET', '/v1/authorizations/:id', 200, 0.02);
    metrics.request('GET', null, 404, 0.001);
    expect(await lines(metrics, 'zhimaper_http_request_duration_seconds_count')).toEqual([
      'zhimaper_http_request_duration_seconds_count{method="GET",route="/v1/authorizations/:id",status="200"} 1',
      'zhimaper_http_request_duration_seconds_count{method="GET",route="none",status="404"} 1',
    ]);
  });

  it('reads gauges when it is asked, and leaves out what cannot be read', async () => {
    const metrics = new Metrics();
    let depth = 1;
    metrics.gauge({ name: 'test_a', help: 'a', read: () => depth });
    metrics.gauge({ name: 'test_b', help: 'b', label: 'state', read: () => ({ x: 1, y: 2 }) });
    metrics.gauge({ name: 'test_c', help: 'c', read: () => Promise.reject(new Error('x')) });
    expect(await lines(metrics, 'test_')).toEqual([
      'test_a 1',
      'test_b{state="x"} 1',
      'test_b{state="y"} 2',
    ]);
    depth = 2;
    expect(await lines(metrics, 'test_a')).toEqual(['test_a 2']);
  });
});
