import { rm } from 'node:fs/promises';

export default async function stopTestPostgres() {
  await rm(process.env.ZHIMAPER_TEST_SPOOL_DIR, { recursive: true, force: true });
  await globalThis.zhimaperTestPostgres?.stop();
}
