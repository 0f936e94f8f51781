import type { BenchCase } from '../bench-case.js';
import { apiApplyCase } from './api-apply.js';
import { apiCostCase } from './api-cost.js';
import { apiLatencyCase } from './api-latency.js';
import { apiReadsCase } from './api-reads.js';
import { apiStartCase } from './api-start.js';
import { batchLatencyCase } from './batch-latency.js';
import { batchCase } from './batch.js';
import { cliStartCase } from './cli-start.js';
import { executeCases } from './execute.js';
import { memoryCase } from './memory.js';
import { overheadCase } from './overhead.js';
import { formEncodingCase, stringToSignCase } from './request-text.js';
import { scannerCase } from './scanner.js';
import { signThreadsCase } from './sign-threads.js';
import { signaturesCase } from './signatures.js';
import { twoCoresCase } from './two-cores.js';

/** All cases, from the smallest part to the whole. */
export const CASES: readonly BenchCase[] = [
  stringToSignCase,
  formEncodingCase,
  signaturesCase,
  scannerCase,
  overheadCase,
  ...executeCases,
  signThreadsCase,
  twoCoresCase,
  memoryCase,
  apiApplyCase,
  apiCostCase,
  apiReadsCase,
  apiLatencyCase,
  batchCase,
  batchLatencyCase,
  cliStartCase,
  apiStartCase,
];
