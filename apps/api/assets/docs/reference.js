/* global SwaggerUIBundle, document */

// Read here and not by Swagger UI, so that the first try does not repeat another's Idempotency-Key.
const response = await fetch('openapi.json');
const document_ = await response.json();

document_.servers = [{ url: new URL('.', document.baseURI).href.replace(/\/$/, '') }];
for (const operations of Object.values(document_.paths)) {
  for (const { parameters = [] } of Object.values(operations)) {
    for (const parameter of parameters) {
      if (parameter.name === 'Idempotency-Key') parameter.example = `docs-${newId()}`;
    }
  }
}

SwaggerUIBundle({
  spec: document_,
  domNode: document.getElementById('reference'),
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  // A key that was entered goes with the page.
  persistAuthorization: false,
  validatorUrl: null,
});

/** `crypto.randomUUID` is there only in secure contexts. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
