// Starts Postgres on the folder given and holds it: what a test kills by force.
import { startPostgres } from '../../dist/index.js';

const postgres = await startPostgres({ dataDir: process.argv[2], durability: false });
process.stdout.write(`${postgres.pid}\n`);
setInterval(() => undefined, 60_000);
