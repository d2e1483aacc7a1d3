import { type Access } from '../../../src/adapters/http/identity/access.js';
import { type Route } from '../../../src/adapters/http/route.js';

const CALLERS = ['everyone', 'user', 'service', 'viewer', 'operator'] as const;
type Column = (typeof CALLERS)[number];

const allowed = (access: Access): Partial<Readonly<Record<Column, string>>> => {
  switch (access) {
    case 'public':
      return { everyone: '✓', user: '✓', service: '✓', viewer: '✓', operator: '✓' };
    case 'service':
      return { service: '✓', operator: '✓' };
    case 'viewer':
      return { viewer: '✓', operator: '✓' };
    case 'operator':
      return { operator: '✓' };
    default:
      return { user: 'own', service: '✓' };
  }
};

/** Before and after what is generated. */
const BEGIN = '<!-- generated from the route table by `npm run matrix` -->';
const END = '<!-- end of what is generated -->';

/** Who may make which call, as a table of Markdown. */
export const accessMatrix = (routes: ReadonlyArray<Pick<Route, 'method' | 'path' | 'access'>>): string => {
  const row = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`;
  const calls = routes
    .map(({ method, path, access }) => ({ call: `${path} ${method}`, method, path, may: allowed(access) }))
    .toSorted((one, other) => (one.call < other.call ? -1 : 1));
  return [
    row(['Call', ...CALLERS]),
    row(['Call', ...CALLERS].map(() => '---')),
    ...calls.map(({ method, path, may }) =>
      row([`\`${method.toUpperCase()} ${path}\``, ...CALLERS.map((caller) => may[caller] ?? '')]),
    ),
  ].join('\n');
};

/** A page with the table in its place. Throws where the page has no place for it. */
export const withMatrix = (page: string, matrix: string): string => {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('The page has no place for the table of calls');
  return `${before}${BEGIN}\n\n${matrix}\n\n${END}${after}`;
};
