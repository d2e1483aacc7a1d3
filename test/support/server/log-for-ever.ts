import { renameSync, writeFileSync } from 'node:fs';
import { createPinoLog } from '../../../src/infrastructure/logging/pino-log.js';

/** Logs much, many times a second, and beside that counts on a file how often its event loop has turned. Ends by SIGTERM. */
const [, , turnsFile = ''] = process.argv;
const log = createPinoLog({ level: 'info', name: 'noisy' });
let turns = 0;
setInterval(() => {
  for (let line = 0; line < 200; line += 1) log.info({ filler: 'x'.repeat(200) }, 'something happened');
  turns += 1;
  writeFileSync(`${turnsFile}.new`, JSON.stringify({ turns, dropped: log.dropped(), pid: process.pid }));
  renameSync(`${turnsFile}.new`, turnsFile);
}, 5);
process.once('SIGTERM', () => {
  log.flush();
  process.exit(0);
});
