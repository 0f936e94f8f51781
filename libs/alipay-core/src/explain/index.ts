export type { Cause, Certainty } from './cause.js';
export {
  explainVerification,
  type ExplainVerificationOptions,
  type UnverifiedCauseCode,
  type UnverifiedSubject,
  type VerificationExplanation,
} from './explain-verification.js';
