import { type Language, messages } from './messages.js';
import { problemCodes, type ProblemCode, problemStatus } from './problems.js';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const words = (language: Language, code: ProblemCode): string => {
  const [title, detail] = messages[language].problems[code];
  return `<i>${escaped(title)}</i> ${escaped(detail)}`;
};

const problem = (code: ProblemCode): string =>
  `<tr id="${code}"><td><code>${code}</code></td><td>${String(problemStatus[code])}</td><td>${words('en', code)}</td><td lang="ko">${words('ko', code)}</td></tr>`;

/** The reference, drawn from `/openapi.json`; and below it every problem, where its `type` leads to. */
export const docsPage = (): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Doorbuster: API reference</title>
<link rel="icon" href="/demo/icon.svg"><link rel="stylesheet" href="/docs/page.css"></head><body>
<div id="reference"></div>
<section id="problems"><h2>Problems</h2>
<p>Errors are <code>application/problem+json</code>; <code>code</code> is one of these.</p>
<table>${problemCodes.map(problem).join('\n')}</table></section>
<script src="/docs/scalar.js"></script><script src="/docs/page.js"></script></body></html>
`;
