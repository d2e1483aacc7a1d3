import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const loader = fileURLToPath(new URL('./run-typescript.mjs', import.meta.url));

export interface TypescriptChild {
  readonly process: ChildProcess;
  /** What it wrote to standard output so far, whole lines only. */
  readonly lines: () => ReadonlyArray<string>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

export interface ChildOptions {
  /** The largest file it may write, in KiB: stands in for a full disk. */
  readonly largestFileKiB?: number;
  /** The most that its heap may hold, in MiB. */
  readonly heapMiB?: number;
  /** The user it runs as. */
  readonly uid?: number;
}

/** Runs a TypeScript file in a process of its own. */
export const startTypescript = (
  file: URL,
  args: ReadonlyArray<string>,
  { largestFileKiB, heapMiB, uid }: ChildOptions = {},
): TypescriptChild => {
  const limit = largestFileKiB === undefined ? '' : `trap '' XFSZ; ulimit -f ${largestFileKiB};`;
  const child = spawn(
    'bash',
    ['-c', `${limit} exec "$0" "$@"`, process.execPath, '--import', loader, fileURLToPath(file), ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: heapMiB === undefined ? '' : `--max-old-space-size=${heapMiB}` },
      ...(uid === undefined ? {} : { uid }),
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  return { process: child, lines: () => output.split('\n').slice(0, -1), ended };
};
