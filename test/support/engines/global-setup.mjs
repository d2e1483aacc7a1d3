import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the place where workers find each other's engines. Starts nothing: a run that needs no server pays for none. */
export default () => {
  process.env.TEST_RUN_DIR = mkdtempSync(join(tmpdir(), 'doorbuster-run-'));
  process.env.TEST_RUN_PID = String(process.pid);
};
