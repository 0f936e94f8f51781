export type { Cause, Certainty } from './cause.js';
export {
  explainVerification,
  type ExplainVerificationOptions,
  type UnverifiedCauseCode,
  type UnverifiedSubject,
  type VerificationExplanation,
} from './explain-verification.js';
export type { Excerpt, SignatureDifference } from './difference.js';
export {
  explainSignature,
  type ExplainSignatureOptions,
  type SignatureExplanation,
} from './explain-signature.js';
export type { SignatureCauseCode } from './signature-causes.js';
