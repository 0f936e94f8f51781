import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openPage, startBrowser, type WatchedPage } from './support/browser.js';
import { startTestApi, type TestApi } from './support/test-api.js';

const DEADLINE_MS = 60_000;
const SCREENSHOTS = process.env['SCREENSHOTS_DIR'];

let api: TestApi;
let browser: Browser;

beforeAll(async () => {
  api = await startTestApi();
  browser = await startBrowser();
}, DEADLINE_MS);
afterAll(async () => {
  await browser.close();
  await api.close();
});

async function open(path: string): Promise<WatchedPage> {
  const watched = await openPage(browser, api.url);
  watched.page.setDefaultTimeout(DEADLINE_MS / 2);
  await watched.page.goto(api.url + path);
  return watched;
}

/** Where `SCREENSHOTS_DIR` names a folder, for people to look at. */
async function show(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
}

describe('a reader of the reference', () => {
  it(
    'enters a key, sends the example, and sees the authorisation',
    async () => {
      const key = await api.issueKey(['authorizations:write']);
      const { page, outside, faults } = await open('/docs');
      await page.locator('.opblock').first().waitFor();
      expect(await page.title()).toBe('API reference · zhimaper');
      await show(page, 'reference');

      await page.getByRole('button', { name: 'Authorize' }).first().click();
      await page.locator('.modal-ux input').fill(key);
      await show(page, 'authorize');
      await page.locator('.modal-ux').getByRole('button', { name: 'Apply credentials' }).click();
      await page.locator('.modal-ux').getByRole('button', { name: 'Close' }).first().click();

      const operation = page.locator('#operations-authorizations-applyForAuthorization');
      await operation.locator('.opblock-summary-control').click();
      await operation.getByRole('button', { name: 'Try it out' }).click();
      expect(
        await operation.locator('tr[data-param-name="Idempotency-Key"] input').inputValue(),
      ).toMatch(/^docs-[\da-f]{24}$/);
      expect(await operation.locator('textarea').first().inputValue()).toContain('"name": "张三"');
      await show(page, 'try-it-out');
      await operation.getByRole('button', { name: 'Execute' }).click();
      const answer = operation.locator('.live-responses-table .response-col_status');
      await answer.nth(1).waitFor();
      await answer.nth(1).scrollIntoViewIfNeeded();
      await show(page, 'answer');
      expect(await answer.nth(1).innerText()).toMatch(/^201\b/);
      expect(await operation.locator('.live-responses-table').innerText()).toContain('"*三"');
      expect(api.sandbox.ledger().requests.map(({ name }) => name)).toEqual(['张三']);

      expect({ outside, faults }).toEqual({ outside: [], faults: [] });
    },
    DEADLINE_MS,
  );
});

describe('a reader of a problem', () => {
  it('sees what to do, on a page without faults', async () => {
    const { page, outside, faults } = await open('/problems/unknown-outcome');
    await show(page, 'problem');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
      'The outcome is unknown',
    );
    await page.getByRole('link', { name: 'All problems' }).click();
    await page.getByRole('link', { name: 'already-authorized' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
      'This person is already authorised',
    );
    await page.goto(`${api.url}/problems`);
    await show(page, 'problems');
    expect({ outside, faults }).toEqual({ outside: [], faults: [] });
  });
});
