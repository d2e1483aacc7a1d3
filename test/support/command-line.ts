import { jest } from '@jest/globals';
import { createProgram } from '../../src/infrastructure/cli/program.js';
import { runProgram } from '../../src/infrastructure/cli/run-command-line.js';

const STREAMS = ['stdout', 'stderr'] as const;

export interface Ran {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line in this process: what it says, and the exit code it leaves. */
export const runHere = async (...args: ReadonlyArray<string>): Promise<Ran> => {
  const before = process.exitCode;
  process.exitCode = undefined;
  const said = { stdout: '', stderr: '' };
  const spies = STREAMS.map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  try {
    await runProgram(createProgram('test', new AbortController().signal), ['node', 'doorbuster', ...args]);
    return { code: process.exitCode ?? 0, ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = before;
  }
};
