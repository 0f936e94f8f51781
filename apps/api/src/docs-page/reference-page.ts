import { htmlPage } from './html.js';

/** The page that Swagger UI is shown in. */
export function referencePage(): string {
  const main = `      <div id="reference"><noscript>The reference needs JavaScript; <a href="openapi.json">the OpenAPI document</a> says the same.</noscript></div>
      <link rel="stylesheet" href="docs/assets/swagger-ui.css">
      <script src="docs/assets/swagger-ui-bundle.js"></script>
      <script type="module" src="docs/assets/reference.js"></script>`;
  return htmlPage('API reference', main, '');
}
