import type { BenchCase } from '../bench-case.js';
import { cliStartCase } from './cli-start.js';
import { executeCases } from './execute.js';
import { overheadCase } from './overhead.js';
import { formEncodingCase, stringToSignCase } from './request-text.js';
import { scannerCase } from './scanner.js';
import { signaturesCase } from './signatures.js';

/** All cases, from the smallest part to the whole. */
export const CASES: readonly BenchCase[] = [
  stringToSignCase,
  formEncodingCase,
  signaturesCase,
  scannerCase,
  overheadCase,
  ...executeCases,
  cliStartCase,
];
