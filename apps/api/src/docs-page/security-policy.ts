/**
 * For the pages of the docs: nothing from elsewhere, no script and no style in the page itself. Swagger UI has its
 * icons as data.
 *
 * Source: Content Security Policy Level 3, section 6.
 */
export const DOCS_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
