import { type Language, messages } from './messages.js';
import { type OpenApiDocument } from './openapi.js';
import { problemStatus } from './problems.js';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:60rem;margin:2rem auto;padding:0 1rem}
code,pre{font:14px/1.5 ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid #8884;border-radius:.4rem}
details{border-bottom:1px solid #8884;padding:.4rem 0}summary{cursor:pointer}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}
b.get{color:#1a7f37}b.post{color:#9a6700}b{display:inline-block;min-width:3.5rem}h2{margin-top:2.5rem}`;

const shown = (value: unknown): string => `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`;

const entries = (value: unknown): ReadonlyArray<readonly [string, unknown]> =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

const field = (value: unknown, name: string): unknown => entries(value).find(([key]) => key === name)?.[1];

const text = (value: unknown): string => escaped(typeof value === 'string' ? value : '');

const table = (rows: ReadonlyArray<readonly [string, string]>): string =>
  `<table>${rows.map(([left, right]) => `<tr><td><code>${left}</code></td><td>${right}</td></tr>`).join('')}</table>`;

const schemaOf = (content: unknown): string => {
  const [first] = entries(content);
  return first === undefined
    ? ''
    : `<details><summary>${escaped(first[0])}</summary>${shown(field(first[1], 'schema'))}</details>`;
};

const operation = (method: string, path: string, described: unknown): string => {
  const parameters = field(described, 'parameters');
  const rows = entries(parameters).map(
    ([, p]) =>
      [`${text(field(p, 'name'))} <small>${text(field(p, 'in'))}</small>`, text(field(p, 'description'))] as const,
  );
  const answers = entries(field(described, 'responses')).map(
    ([status, answer]) => [status, text(field(answer, 'description')) + schemaOf(field(answer, 'content'))] as const,
  );
  const body = field(described, 'requestBody');
  return `<details><summary><b class="${method}">${method.toUpperCase()}</b> <code>${escaped(path)}</code> ${text(field(described, 'summary'))}</summary>
${table(rows)}${body === undefined ? '' : `<h4>Body</h4>${schemaOf(field(body, 'content'))}`}<h4>Answers</h4>${table(answers)}</details>`;
};

const operations = (document: OpenApiDocument): string => {
  const byTag = new Map<string, string[]>();
  for (const [path, methods] of entries(document.paths))
    for (const [method, described] of entries(methods)) {
      const [tag = ''] = entries(field(described, 'tags')).map(([, name]) => text(name));
      byTag.set(tag, [...(byTag.get(tag) ?? []), operation(method, path, described)]);
    }
  return [...byTag].map(([tag, calls]) => `<h2>${tag}</h2>${calls.join('')}`).join('');
};

const problems = (): string =>
  `<table>${entries(problemStatus)
    .map(
      ([code, status]) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${String(status)}</td><td>${words('en', code)}</td><td lang="ko">${words('ko', code)}</td></tr>`,
    )
    .join('')}</table>`;

const words = (language: Language, code: string): string => {
  const [title = '', detail = ''] = entries(field(messages[language].problems, code)).map(([, word]) => text(word));
  return `<i>${title}</i> ${detail}`;
};

/** The OpenAPI document as one page that needs nothing else: no script, nothing from elsewhere. */
export const docsPage = (document: OpenApiDocument): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text(document.info.title)}</title>
<style>${STYLE}</style>
<h1>${text(document.info.title)} <small>${text(document.info.version)}</small></h1>
<p>${text(document.info.description)} For machines: <a href="/openapi.json">/openapi.json</a>.</p>
${operations(document)}
<h2>Problems</h2><p>Errors are <code>application/problem+json</code>; <code>code</code> is one of these.</p>${problems()}
<h2>Schemas</h2>${entries(document.components?.schemas)
  .map(
    ([name, schema]) =>
      `<details id="schema-${escaped(name)}"><summary><code>${escaped(name)}</code></summary>${shown(schema)}</details>`,
  )
  .join('')}
</html>
`;
