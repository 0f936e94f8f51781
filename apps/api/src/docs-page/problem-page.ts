import { PROBLEM_CODES, problemKind, type ProblemCode } from '../errors/problem-catalogue.js';
import { escapeHtml, htmlPage } from './html.js';

/** The page that a problem's `type` names. */
export function problemPage(code: ProblemCode): string {
  const { status, title, detail, nextStep, retryAfterSeconds } = problemKind(code);
  const retry =
    retryAfterSeconds === undefined
      ? ''
      : `
      <dt>Retry-After</dt>
      <dd>${retryAfterSeconds} s, unless the answer says otherwise</dd>`;
  const main = `      <h1>${escapeHtml(title)}</h1>
      <dl>
      <dt>Code</dt>
      <dd><code>${code}</code></dd>
      <dt>Status</dt>
      <dd>${status}</dd>${retry}
      </dl>
      <h2>What it means</h2>
      <p>${escapeHtml(detail)}</p>
      <h2>What to do</h2>
      <p>${escapeHtml(nextStep)}</p>
      <p><a href="../problems">All problems</a></p>`;
  return htmlPage(title, main, '../');
}

/** All problems, by status. */
export function problemIndexPage(): string {
  const rows = [...PROBLEM_CODES]
    .sort((a, b) => problemKind(a).status - problemKind(b).status)
    .map((code) => {
      const { status, title } = problemKind(code);
      return `          <tr><td>${status}</td><td><a href="problems/${code}"><code>${code}</code></a></td><td>${escapeHtml(title)}</td></tr>`;
    });
  const main = `      <h1>Problems</h1>
      <p>Every answer but a success is a problem (RFC 9457). Its <code>code</code> is what a program decides by.</p>
      <table>
        <thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">Title</th></tr></thead>
        <tbody>
${rows.join('\n')}
        </tbody>
      </table>`;
  return htmlPage('Problems', main, '');
}
