export { maskCertNo, maskMobile, maskName, maskSecret } from './mask.js';
export { withMaskedViews } from './masked-views.js';
export { redactText } from './redact-text.js';
