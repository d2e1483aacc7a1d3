import Table from 'cli-table3';
import { cpus, release, totalmem, type } from 'node:os';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { notGuaranteed } from '../compared/guarantees.js';
import { type Finding } from './row.js';
import { type Measured } from './run-row.js';

const met = { aim: 'aim met', 'at least': 'at least met', missed: '**missed**' } as const;

/** In order of the columns. With small numbers nothing is judged. */
export const cellsOf = ({ what, measured, wanted, state }: Finding, short: boolean): ReadonlyArray<string> => [
  what,
  measured,
  wanted?.atLeast ?? '',
  wanted?.aim ?? '',
  state ?? (wanted === undefined ? '' : short ? 'not judged' : met[wanted.met]),
];
const HEAD = ['What', 'Measured', 'At least', 'Aim', 'Verdict'];

/** For a terminal. */
export const tableOf = (findings: ReadonlyArray<Finding>, short: boolean): string => {
  const table = new Table({
    head: HEAD,
    colWidths: [52, 62, 12, 12, 14],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  table.push(...findings.map((finding) => [...cellsOf(finding, short)]));
  return table.toString();
};

const versionOf = (file: string): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;

const versions = (): string =>
  [
    `Node ${process.versions.node}`,
    ...['koa', 'lmdb', 'kafkajs', 'ioredis', '@eventstore/db-client'].map(
      (name) => `${name} ${versionOf(`node_modules/${name}/package.json`)}`,
    ),
    ...['bullmq', '@event-driven-io/emmett'].map(
      (name) => `${name} ${versionOf(`bench/node_modules/${name}/package.json`)}`,
    ),
  ].join(', ');

const machine = (): string => {
  const all = cpus();
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}`;
};

const inTable = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ').replaceAll('\n', ' ')} |`;

const lines = ({ row, findings, missing }: Measured, short: boolean): ReadonlyArray<string> => {
  if (missing !== null) return [inTable([row.title, missing, '', '', 'not run'])];
  // A bar in a cell would begin another one.
  return findings.map((finding) => inTable(cellsOf(finding, short).map((cell) => cell.replaceAll('|', '\\|'))));
};

export interface Run {
  readonly measured: ReadonlyArray<Measured>;
  /** As it was typed. */
  readonly command: string;
  readonly short: boolean;
  readonly tookMs: number;
}

/** The whole of bench/results.md. */
export const resultsOf = ({ measured, command, short, tookMs }: Run): string =>
  `# What Doorbuster does, measured

\`${command}\`, ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, ${Math.round(tookMs / 1_000)} s, on ${machine()}.
${versions()}.

Figures are the middle of several rounds, least–most beside it where rounds differ. What is compared is measured in one
run, in turns, round after round: a share is the middle of the shares of each round. The load generator is a process of
its own on the same machine; CPU is what the server's process used, all threads, divided by the requests.

| ${HEAD.join(' | ')} |
|---|---|---|---|---|
${measured.flatMap((row) => lines(row, short)).join('\n')}

## What those compared with do not guarantee

${notGuaranteed.map(([name, what]) => `- **${name}**: ${what}`).join('\n')}
`;
