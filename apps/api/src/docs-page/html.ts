const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * A whole page in the look of the docs, without scripts.
 *
 * @param main HTML
 * @param root from this page to the service's own address, such as `../`
 */
export function htmlPage(title: string, main: string, root: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)} · zhimaper</title>
    <link rel="icon" type="image/svg+xml" href="${root}docs/assets/logo.svg">
    <link rel="stylesheet" href="${root}docs/assets/docs.css">
  </head>
  <body>
    <header class="bar">
      <a href="${root}docs"><img src="${root}docs/assets/logo.svg" alt="" width="28" height="28">zhimaper</a>
      <nav aria-label="Documentation">
        <a href="${root}docs">Reference</a>
        <a href="${root}problems">Problems</a>
        <a href="${root}openapi.json">OpenAPI</a>
      </nav>
    </header>
    <main>
${main}
    </main>
  </body>
</html>
`;
}
