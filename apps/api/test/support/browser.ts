import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts a headless Chromium of the machine; `CHROMIUM_PATH` names one that is elsewhere. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find((path) =>
    existsSync(path),
  );
  if (executablePath === undefined) {
    throw new Error(
      'There is no Chromium to read the docs with: apt-get install chromium fonts-noto-cjk, or name one in CHROMIUM_PATH.',
    );
  }
  // Without its own sandbox, which root may not use: it sees nothing but our own pages.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A page, and what a person would not see of it. */
export interface WatchedPage {
  page: Page;
  /** Requests to anywhere but the service. */
  outside: string[];
  /** What the console shows as an error, what was thrown, and what the page's security policy forbade. */
  faults: string[];
}

export async function openPage(browser: Browser, origin: string): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  const page = await context.newPage();
  const outside: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) outside.push(url);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  return { page, outside, faults };
}
