import Table from 'cli-table3';
import { cpus, release, totalmem, type } from 'node:os';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { notGuaranteed } from '../compared/guarantees.js';
import { type Finding, type Row } from './row.js';

export interface Measured {
  readonly row: Row;
  readonly findings: ReadonlyArray<Finding>;
  /** Why there are none. */
  readonly missing: string | null;
}

const met = { aim: 'aim met', 'at least': 'at least met', missed: '**missed**' } as const;
const cells = ({ what, measured, wanted }: Finding): ReadonlyArray<string> => [
  what,
  wanted?.atLeast ?? '',
  wanted?.aim ?? '',
  measured,
  wanted === undefined ? '' : met[wanted.met],
];
const HEAD = ['What', 'At least', 'Aim', 'Measured', ''];

/** For a terminal. */
export const tableOf = (findings: ReadonlyArray<Finding>): string => {
  const table = new Table({
    head: HEAD,
    colWidths: [58, 10, 10, 52, 14],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  table.push(...findings.map((finding) => [...cells(finding)]));
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

const lines = ({ row, findings, missing }: Measured): ReadonlyArray<string> =>
  missing === null
    ? findings.map((finding) => `| ${cells(finding).join(' | ')} |`)
    : [`| ${row.title} | | | not measured: ${missing} | |`];

/** The whole of bench/results.md. */
export const resultsOf = (measured: ReadonlyArray<Measured>, command: string): string =>
  `# What Doorbuster does, measured

\`${command}\`, ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, on ${machine()}.
${versions()}.

Everything of a row is measured in one run, in turns, round after round, and the middle of the rounds is shown: a share
is the middle of the shares of each round. The load generator is a process of its own on the same machine; CPU is what
the server's process used, all threads, divided by the requests. \`npm run bench -- --only NAME\` runs a row alone.

| ${HEAD.join(' | ')} |
|---|---|---|---|---|
${measured.flatMap(lines).join('\n')}

## What those compared with do not guarantee

${notGuaranteed.map(([name, what]) => `- **${name}**: ${what}`).join('\n')}
`;
