import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGatewaySandbox } from '@zhimaper/gateway-sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { apply, EXAMPLE, someone } from './support/applications.js';
import { certificateVariables } from './support/certificate-files.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { createTestDatabase } from './support/test-database.js';
import { until } from './support/until.js';

let api: TestApi;

beforeAll(async () => {
  const sandbox = await createGatewaySandbox();
  const spoolDir = join(process.env['ZHIMAPER_TEST_SPOOL_DIR']!, randomUUID());
  const beside = { database: await createTestDatabase(), sandbox, spoolDir };
  api = await startTestApi(await certificateVariables(sandbox, 10), { beside });
});
afterAll(async () => {
  await api.close();
  await api.sandbox.close();
  await api.database.close();
});

async function metrics(): Promise<string[]> {
  const response = await fetch(`${api.url}/metrics`);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  return (await response.text()).split('\n');
}

describe('the metrics', () => {
  it('count what was done, and what waits for somebody', async () => {
    const key = await api.issueKey(['authorizations:write']);
    await apply(api, key, 'k-1', EXAMPLE);
    await apply(api, key, 'k-2', someone({ mobile: '13800000005' }));
    api.sandbox.addScenario({ times: 1, then: { truncate: true } });
    await apply(api, key, 'k-3', someone());
    expect(await metrics()).toEqual(
      expect.arrayContaining([
        'zhimaper_gateway_calls_total{call="apply",outcome="success",sub_code="none"} 1',
        'zhimaper_gateway_calls_total{call="apply",outcome="end-user",sub_code="NO_USER_ERROR"} 1',
        'zhimaper_gateway_calls_total{call="apply",outcome="unknown-outcome",sub_code="none"} 1',
        'zhimaper_gateway_call_duration_seconds_count{call="apply",outcome="success"} 1',
        'zhimaper_http_request_duration_seconds_count{method="POST",route="/v1/authorizations",status="201"} 1',
        'zhimaper_http_request_duration_seconds_count{method="POST",route="/v1/authorizations",status="504"} 1',
        'zhimaper_authorizations_unresolved{status="unknown"} 1',
        'zhimaper_authorizations_unresolved{status="pending"} 0',
        'zhimaper_attempts_overdue 0',
        'zhimaper_gateway_breaker{state="closed"} 1',
        'zhimaper_gateway_breaker{state="open"} 0',
        'zhimaper_gateway_calls_in_progress{state="calling"} 0',
        'zhimaper_spool_entries{state="waiting"} 0',
        'zhimaper_database_pool{state="waiting"} 0',
        'zhimaper_queue_jobs{queue="batch-lines"} 0',
        'zhimaper_queue_age_seconds{queue="batch-lines"} 0',
        expect.stringMatching(/^zhimaper_audit_unsealed_age_seconds \d/),
        expect.stringMatching(/^nodejs_eventloop_lag_p99_seconds \d/),
      ]),
    );
  });

  it('tell when a certificate expires, as the log does', async () => {
    const left = /^zhimaper_certificate_days_left\{certificate="(\w+)"\} (\d+)/;
    const days = (await metrics()).flatMap((line) => {
      const [, certificate, number] = left.exec(line) ?? [];
      return certificate === undefined ? [] : [[certificate, Number(number)]];
    });
    expect(days).toEqual([
      ['application', expect.any(Number)],
      ['alipay', 9],
    ]);
    const warning = await until(
      () =>
        // The one that the start itself writes has nothing of a certificate to come.
        api.lines.filter((line) => line.includes('"code":"CERTIFICATE_EXPIRES_SOON"'))[1],
    );
    expect(JSON.parse(warning)).toMatchObject({ level: 'warn' });
  });

  it('are those that the alert rules ask for', async () => {
    const file = new URL('../../../docs/alerts/zhimaper.rules.yml', import.meta.url);
    const { groups } = parse(readFileSync(file, 'utf8')) as {
      groups: { rules: { alert: string; expr: string }[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    const known = new Set((await metrics()).map((line) => /^\w+/.exec(line)?.[0]));
    const asked = rules.flatMap(({ expr }) => expr.match(/\b(?:zhimaper|nodejs)_\w+/g) ?? []);
    expect(asked.length).toBeGreaterThanOrEqual(rules.length);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
    const guide = readFileSync(new URL('../../../docs/alerts.md', import.meta.url), 'utf8');
    expect(guide.match(/`Zhimaper\w+`/g)).toEqual(rules.map(({ alert }) => `\`${alert}\``));
  });
});
