import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyReference } from '../../../scripts/build.mjs';
import { buildClient } from '../../../packages/client/build.mjs';

/**
 * Names the place where workers find each other's engines. Starts nothing: a run that needs no server pays for none. What
 * our pages need is built as it is now: a tenth of a second.
 */
export default () => {
  buildClient();
  copyReference();
  process.env.TEST_RUN_DIR = mkdtempSync(join(tmpdir(), 'doorbuster-run-'));
  process.env.TEST_RUN_PID = String(process.pid);
};
