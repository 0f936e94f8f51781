export { maskCertNo, maskMobile, maskName, maskSecret, REDACTED } from './mask.js';
export { withMaskedViews } from './masked-views.js';
export { redactText } from './redact-text.js';
