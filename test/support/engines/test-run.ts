import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The directory and process of this test run; global-setup.mjs names them. */
export const testRun = (): { readonly dir: string; readonly pid: number } => {
  const { TEST_RUN_DIR: dir, TEST_RUN_PID: pid } = process.env;
  if (dir === undefined || pid === undefined) throw new Error('jest did not run test/support/engines/global-setup.mjs');
  return { dir, pid: Number(pid) };
};

const LONGEST_START_MS = 90_000;

/** Of all the run's workers the first to ask does it; the others wait for what it left behind, as JSON. */
export const onceInRun = async (name: string, act: () => Promise<object>): Promise<unknown> => {
  const result = join(testRun().dir, `${name}.json`);
  const lock = join(testRun().dir, `${name}.lock`);
  const read = async (): Promise<unknown> => JSON.parse(await readFile(result, 'utf8'));
  for (const deadline = Date.now() + LONGEST_START_MS; Date.now() < deadline; await sleep(25)) {
    try {
      return await read();
    } catch {
      // Not there yet.
    }
    try {
      await mkdir(lock);
    } catch {
      continue;
    }
    await writeFile(`${result}.new`, JSON.stringify(await act()));
    await rename(`${result}.new`, result);
  }
  throw new Error(`${name} was not ready within ${LONGEST_START_MS} ms`);
};
