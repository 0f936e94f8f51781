/**
 * The error class and the catalogue of the gateway's result codes. It needs nothing else of the package.
 *
 * @module
 */
export {
  AlipayError,
  AlipayInputError,
  type AlipayErrorCode,
  type AlipayErrorOptions,
  type InputIssue,
} from './errors/alipay-error.js';
export type { CatalogueConfidence, CatalogueEntry } from './errors/catalogue-entry.js';
export { findError, type ErrorQuery } from './errors/find-error.js';
export { listErrors, type ErrorFilter } from './errors/list-errors.js';
export { OUTCOME_CLASSES, type FailureClass, type OutcomeClass } from './errors/outcome-class.js';
