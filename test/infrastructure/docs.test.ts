import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Command } from 'commander';
import { z } from 'zod';
import { createProgram } from '../../src/infrastructure/cli/program.js';
import { allRoutes } from '../support/contract/all-routes.js';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'bench/README.md',
  'packages/client/README.md',
  'packages/react/README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const text = (page: string): string => readFileSync(page, 'utf8');

const linksOf = (page: string): ReadonlyArray<string> =>
  [...text(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => (/^[a-z]+:/.test(target) ? [] : [target]));

/** A heading as links name it. */
const anchorsOf = (page: string): ReadonlyArray<string> =>
  [...text(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each(pages)('every link of %s leads somewhere', (page) => {
  const broken = linksOf(page).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    if (!existsSync(file)) return true;
    return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test.each(pages)('every file that %s names is there', (page) => {
  const named = [
    ...text(page).matchAll(/(?<![\w./-])(?:src|test|bench|scripts|deploy|docs|web|packages)\/[\w./-]*\w/g),
  ];
  const made = /^(bench\/results|web\/console\/dist$)/;
  expect(named.map(([path]) => path).filter((path) => !made.test(path) && !existsSync(path))).toEqual([]);
});

interface Named {
  readonly command: Command;
  readonly rest: ReadonlyArray<string>;
}

/** As far as the words are names of commands. */
const commandNamed = ({ command, rest }: Named): Named => {
  const next = command.commands.find((each) => each.name() === rest[0]);
  return next === undefined ? { command, rest } : commandNamed({ command: next, rest: rest.slice(1) });
};

/** What is wrong with a command line as a page has it. */
const wrongWith = (line: string): string | null => {
  const { command, rest } = commandNamed({
    command: createProgram('docs', new AbortController().signal),
    rest: line.split(/\s+/).slice(1),
  });
  const isGroup = command.commands.length > 0;
  if (isGroup && /^[a-z]/.test(rest[0] ?? '')) return `no command ${rest[0]} in: ${line}`;
  const options = rest.filter((word) => /^--[a-z]/.test(word)).map((word) => word.replace(/[=,.;:)]*$/, ''));
  const unknown = options.filter((option) => !command.options.some(({ long }) => long === option));
  return isGroup || unknown.length === 0 ? null : `no option ${unknown.join(', ')} in: ${line}`;
};

const commandLinesOf = (page: string): ReadonlyArray<string> =>
  [...text(page).matchAll(/(?:^ *|`|\$ |&& )((?:npm run -s )?doorbuster (?:-- )?[a-z][^`\n|]*)/gm)].map(
    ([, line = '']) =>
      line
        .replace('npm run -s ', '')
        .replace('doorbuster -- ', 'doorbuster ')
        .split(/ {2,}| #/)[0]
        ?.trim() ?? '',
  );

test.each(pages)('every command that %s shows can be run as it stands there', (page) => {
  expect(commandLinesOf(page).flatMap((line) => wrongWith(line) ?? [])).toEqual([]);
});

test('the commands of the pages are found', () => {
  expect(commandLinesOf('docs/operate-a-sale.md')).toContain('doorbuster verify history');
  expect(commandLinesOf('docs/command-line.md').length).toBeGreaterThan(10);
  expect(wrongWith('doorbuster verify histories')).toMatch('no command histories');
  expect(wrongWith('doorbuster reconcile --heel')).toMatch('no option --heel');
});

/** Words of these files: what a page may name must be among them. */
const wordsOf = (...directories: ReadonlyArray<string>): ReadonlySet<string> =>
  new Set(
    directories
      .flatMap((directory) =>
        readdirSync(directory, { recursive: true, withFileTypes: true })
          .filter(({ name, parentPath }) => /\.(ts|json|yml|yaml)$/.test(name) && !/node_modules|dist/.test(parentPath))
          .map(({ name, parentPath }) => join(parentPath, name)),
      )
      .flatMap((file) => text(file).match(/\w+/g) ?? []),
  );
const routes = allRoutes();
const known = wordsOf('src', 'bench', 'test/support', 'test/rehearsal', 'test/infrastructure', 'packages');
/** Of the kernel, of Node and of the SDK of OpenTelemetry. */
const outside =
  /^(tcp_retries2|node_modules|NODE_OPTIONS|(OTEL_TRACES_SAMPLER|OTEL_EXPORTER_OTLP_HEADERS|parentbased_)\w*|EXAMPLES_FACTOR|CONTRACT_EXAMPLES)$/;

/** Variables, codes and metrics, as a page writes them. */
const namesOf = (page: string): ReadonlyArray<string> =>
  [...text(page).matchAll(/`([^`\n]+)`/g)].flatMap(
    ([, code = '']) => code.match(/\b(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][a-z0-9]*(?:_[a-z0-9]+)+)\b/g) ?? [],
  );

test.each(pages)('every variable, code and metric that %s names is one of the program', (page) => {
  // What was there once may be told of.
  if (page === 'CHANGELOG.md') return;
  expect(namesOf(page).filter((name) => !known.has(name) && !outside.test(name))).toEqual([]);
});

/** A part of a path that stands for any: `{couponId}`, `:couponId`, `ID`, `…`. */
const isAny = (part: string): boolean => /^[{:<]|^[A-Z]+$|…/.test(part);

const callsOf = (page: string) => [
  ...text(page).matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (\/(?:api|admin|health|\.well-known)\/[^\s`?"')|]+)/g),
];
const isCall = (method: string, path: string): boolean =>
  routes.some((route) => {
    const [asked, there] = [path.split('/'), route.path.split('/')];
    if (route.method !== method.toLowerCase() || asked.length !== there.length) return false;
    return there.every((part, at) => part === asked[at] || part.startsWith(':') || isAny(asked[at] ?? ''));
  });

test.each(pages)('every call that %s names can be made', (page) => {
  const wrong = callsOf(page).filter(
    ([, method = '', path = '']) => !path.endsWith('*') && !isCall(method, path.replace(/[.,;:]$/, '')),
  );
  expect(wrong.map(([call]) => call)).toEqual([]);
});

test('the names and calls of the pages are found', () => {
  expect(namesOf('docs/runbook.md')).toEqual(expect.arrayContaining(['DISK_LOW', 'redis_breaker']));
  expect(pages.flatMap(callsOf).length).toBeGreaterThan(30);
  expect([isCall('GET', '/api/coupons/{id}'), isCall('PUT', '/api/coupons/{id}')]).toEqual([true, false]);
});

test('every panel that the runbook names is on the board', () => {
  const board = z
    .object({ panels: z.array(z.object({ title: z.string() })) })
    .parse(JSON.parse(text('deploy/grafana/dashboards/doorbuster.json')));
  const elsewhere = ['Targets', 'upgrade first'];
  const named = [...text('docs/runbook.md').matchAll(/«([^»]+)»/g)].map(([, title = '']) => title);
  const titles = board.panels.map(({ title }) => title);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((title) => !titles.includes(title) && !elsewhere.includes(title))).toEqual([]);
});

test('a suite that a page names after a test command is the only one that runs: no option before it takes its path', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const named = pages.flatMap((page) =>
    [...text(page).matchAll(/npm (?:run )?(test[\w:]*) -- (?=test\/)/g)].map(([, script = '']) => scripts[script]),
  );
  expect(named.length).toBeGreaterThan(2);
  for (const script of named) expect(script).toMatch(/ --selectProjects \w+ --\w[\w-]*(=\S+)?$/);
});

/** Files that a page shows whole: the name in a comment, then the text. */
const shownBy = (page: string): ReadonlyArray<readonly [file: string, shown: string]> =>
  [...text(page).matchAll(/^<!-- ([\w./-]+) -->\n\n```\w+\n([\s\S]*?)^```$/gm)].map(([, file = '', shown = '']) => [
    join(dirname(page), file),
    shown,
  ]);

test.each(pages)('every file that %s shows whole is shown as it is', (page) => {
  for (const [file, shown] of shownBy(page)) expect([file, shown]).toEqual([file, text(file)]);
});

test('the guides for shops show their servers and pages', () => {
  const names = ['docs/integrate-a-shop.md', 'packages/react/README.md'].flatMap(shownBy).map(([file]) => file);
  const examples = ['shop/server.mjs', 'shop/shop.html', 'react/shop.jsx'];
  expect(names).toEqual(examples.map((file) => `docs/examples/${file}`));
});

test('the glossary defines each word once, and says where it lives', () => {
  const rows = [...text('docs/glossary.md').matchAll(/^\| \*\*(.+?)\*\* +\| (.+?) +\| (.+?) +\|$/gm)];
  const words = rows.map(([, word]) => word);
  expect(words.length).toBeGreaterThanOrEqual(30);
  expect(new Set(words).size).toBe(words.length);
  expect(words).toEqual([...words].sort((one = '', other = '') => one.localeCompare(other, 'en')));
  for (const [row, , , where] of rows)
    expect([row, where]).toEqual([row, expect.stringMatching(/^\[.+\]\(\.\.\/.+\)$/)]);
});

test('every page is reached from the README', () => {
  const reached = new Set<string>();
  const walk = (page: string): void => {
    if (reached.has(page) || !page.endsWith('.md') || !existsSync(page)) return;
    reached.add(page);
    for (const link of linksOf(page)) walk(join(dirname(page), link.split('#')[0] ?? ''));
  };
  walk('README.md');
  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});
