export default async function stopTestPostgres() {
  await globalThis.zhimaperTestPostgres?.stop();
}
