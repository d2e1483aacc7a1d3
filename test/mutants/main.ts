import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, mutants } from './mutants.js';

/**
 * Plants each fault in a copy of the sources, alone, and looks who notices: the simulated world first, then the suites that
 * are named for it. Writes who did to docs/mutants.md. Fails where a fault cannot be planted, where nobody notices, or where
 * somebody complains of nothing.
 *
 * --only TEXT  only those whose fault contains this; may be repeated; what the table says of all others is left as it is
 */
const { only } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [''] } } }).values;
const ROOT = join(import.meta.dirname, '../..');
const WORLDS = 80;
const COPIED = ['src', 'test', 'web', 'packages', 'scripts', 'package.json', 'tsconfig.json', 'jest.config.js'];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const files = (directory: string): ReadonlyArray<string> =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** The file a fault is planted in, also after it was moved. */
const findFile = ({ file }: Mutant): string | null => {
  const there = join(ROOT, 'src', file);
  if (existsSync(there)) return there;
  const named = files(join(ROOT, 'src')).filter((each) => basename(each) === basename(file));
  return named.length === 1 ? (named[0] ?? null) : null;
};

interface Planted {
  readonly file: string;
  readonly source: string;
}

const plant = (mutant: Mutant): Planted | null => {
  const file = findFile(mutant);
  if (file === null) return null;
  const [before, after, ...more] = readFileSync(file, 'utf8').split(mutant.find);
  if (before === undefined || after === undefined || more.length > 0) return null;
  return { file: relative(ROOT, file), source: before + mutant.replace + after };
};

interface Ended {
  readonly isWell: boolean;
  readonly output: string;
}

const run = (
  cwd: string,
  command: ReadonlyArray<string>,
  variables: Readonly<Record<string, string>>,
): Promise<Ended> =>
  new Promise((resolve) => {
    const [program = '', ...rest] = command;
    const child = spawn(program, rest, { cwd, env: { ...process.env, ...variables } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    child.on('close', (code) => resolve({ isWell: code === 0, output }));
  });

const node = [process.execPath, '--no-warnings'];
const simulate = (cwd: string, isRare = false): Promise<Ended> =>
  run(cwd, [...node, '--import', './test/support/run-typescript.mjs', 'test/simulation/main.ts'], {
    NODE_OPTIONS: '',
    SIMULATION_RUNS: String(WORLDS),
    SIMULATION_STOP_AT: '1',
    ...(isRare && { SIMULATION_RARITY: '1' }),
  });
const jest = (cwd: string, suites: ReadonlyArray<string>): Promise<Ended> =>
  run(
    cwd,
    [
      ...node,
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      'alone',
      'sales',
      'servers',
      '--maxWorkers=1',
      ...suites.map((suite) => `test/${suite}`),
    ],
    { NODE_OPTIONS: '' },
  );

/** A copy to plant faults in, with the same modules. */
const copy = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'mutants-'));
  for (const each of COPIED)
    if (existsSync(join(ROOT, each))) cpSync(join(ROOT, each), join(directory, each), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  return directory;
};

interface Noticed {
  readonly by: string;
  readonly said: string;
}

const notice = async (directory: string, { suites, isRare }: Mutant): Promise<Noticed | null> => {
  const simulated = await simulate(directory, isRare);
  if (!simulated.isWell) {
    const [, seed = '?', said = ''] = /Seed (\d+) .*:\n\s+(.*)/.exec(simulated.output) ?? [];
    return { by: `simulation, seed ${seed}`, said: said.slice(0, 120) };
  }
  for (const suite of suites) {
    const tested = await jest(directory, [suite]);
    if (tested.isWell) continue;
    const [, said = 'the suite fails'] = /● (.*)/.exec(tested.output) ?? [];
    return { by: `\`test/${suite}\``, said };
  }
  return null;
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const rowOf = (mutant: Mutant, file: string, { by, said }: Noticed): string =>
  `| ${cell(mutant.fault)} | \`${file}\` | ${by} | ${cell(said)} |`;

const TABLE = join(ROOT, 'docs/mutants.md');
const HEADING = [
  '# Planted faults, and who noticed',
  '',
  'Written by `npm run test:mutants`, which plants each fault in a copy of the sources, alone: first eighty simulated worlds are',
  'tried ([the simulated world](simulation.md)), then the suites that are named for it in `test/mutants/mutants.ts`. A fault that',
  'cannot be planted any more, or that nobody notices, fails the command. It takes half a minute a fault;',
  '`npm run test:mutants -- --only points` tries those alone whose fault says so.',
  '',
  '| Fault | Planted in | Noticed by | Which said |',
  '| --- | --- | --- | --- |',
];

/** In the order of the list; what was not tried now stands as it stood. */
const writeTable = (rows: ReadonlyArray<string>): void => {
  const before = existsSync(TABLE) ? readFileSync(TABLE, 'utf8').split('\n') : [];
  const all = mutants.flatMap(
    ({ fault }) => [...rows, ...before].find((row) => row.startsWith(`| ${cell(fault)} |`)) ?? [],
  );
  writeFileSync(TABLE, [...HEADING, ...all, ''].join('\n'));
};

const chosen = mutants.filter(({ fault }) => only.some((text) => fault.includes(text)));
const planted = mutants.map((mutant) => ({ mutant, planted: plant(mutant) }));
const failures = planted.flatMap(({ mutant, planted: done }) =>
  done === null ? [`${mutant.fault}: cannot be planted in ${mutant.file}`] : [],
);
const directory = copy();
try {
  failures.push(...((await simulate(directory)).isWell ? [] : ['the simulated world complains without any fault']));
  if (chosen.length === 0) failures.push(`no fault contains ${only.join()}`);
  const suites = [...new Set(chosen.flatMap((mutant) => mutant.suites))];
  const sound = suites.length === 0 ? null : await jest(directory, suites);
  if (sound?.isWell === false) failures.push(`the suites complain without any fault:\n${sound.output}`);
  const rows: string[] = [];
  for (const { mutant, planted: done } of failures.length > 0 ? [] : planted) {
    if (done === null || !chosen.includes(mutant)) continue;
    const target = join(directory, done.file);
    const original = readFileSync(target, 'utf8');
    writeFileSync(target, done.source);
    const noticed = await notice(directory, mutant);
    writeFileSync(target, original);
    say(
      `${noticed === null ? 'UNNOTICED' : noticed.by}: ${mutant.fault}${noticed === null ? '' : ` (${noticed.said})`}`,
    );
    if (noticed === null) failures.push(`${mutant.fault}: nobody notices`);
    else rows.push(rowOf(mutant, done.file, noticed));
  }
  writeTable(rows);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
failures.forEach(say);
process.exitCode = failures.length === 0 ? 0 : 1;
