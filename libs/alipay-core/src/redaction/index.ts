export { givesAway } from './gives-away.js';
export { maskCertNo, maskMobile, maskName, maskSecret, REDACTED } from './mask.js';
export { withMaskedViews } from './masked-views.js';
export { redactInPlace, redactText, sensitiveValues } from './redact-text.js';
