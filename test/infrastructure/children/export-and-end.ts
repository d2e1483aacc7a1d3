import { exportToFile } from '../../../src/infrastructure/cli/history/export-to-file.js';

/** Exports the history of DATA_DIR, and is ended in the middle of it, as by Ctrl-C. */
const [, , file = ''] = process.argv;
await exportToFile(file, {
  json: true,
  print: () => undefined,
  progress: () => ({ at: () => process.exit(130), end: () => undefined }),
});
