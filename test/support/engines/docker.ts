import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type EngineName } from './engine.js';
import { testRun } from './test-run.js';

/** Whether a Docker daemon answers, and quickly. */
const dockerAnswers = async (): Promise<boolean> => {
  try {
    await promisify(execFile)('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 2_000 });
    return true;
  } catch {
    return false;
  }
};

const LONGEST_PULL_MS = 80_000;

const firstLine = (name: EngineName): Promise<{ readonly pid: number; readonly line: string } | null> =>
  new Promise((resolve) => {
    const script = join(process.cwd(), 'test', 'support', 'engines', 'container.mjs');
    const container = spawn(process.execPath, [script, name], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    const pid = container.pid ?? 0;
    let text = '';
    const done = (answer: { readonly pid: number; readonly line: string } | null) => {
      clearTimeout(timer);
      container.stdout.destroy();
      container.unref();
      resolve(answer);
    };
    const timer = setTimeout(() => {
      container.kill('SIGKILL');
      done(null);
    }, LONGEST_PULL_MS);
    container.once('exit', () => done(null));
    container.stdout.on('data', (piece: Buffer) => {
      text += piece.toString();
      const end = text.indexOf('\n');
      if (end >= 0) done({ pid, line: text.slice(0, end) });
    });
  });

/** The server in a container that lives as long as the run; null without Docker or without the image. */
export const startContainer = async (
  name: EngineName,
): Promise<{ readonly pid: number; readonly answer: unknown } | null> => {
  if (!(await dockerAnswers())) return null;
  const started = await firstLine(name);
  if (started === null) return null;
  const watcher = [join(process.cwd(), 'scripts', 'end-with.mjs'), String(testRun().pid), String(started.pid)];
  spawn(process.execPath, watcher, { detached: true, stdio: 'ignore' }).unref();
  return { pid: started.pid, answer: JSON.parse(started.line) };
};
