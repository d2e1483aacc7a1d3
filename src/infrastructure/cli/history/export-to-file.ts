import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { exportHistory } from '../../../application/operating/history/export-history.js';
import { CallFailed } from '../failures.js';
import { progressOn } from '../progress.js';
import { type Terminal } from '../terminal.js';
import { configured } from '../configured.js';
import { answerOf } from './answer-of.js';
import { storedEvents } from './stored-events.js';

/** Writes every event there is now to a file of its own. What could not be finished is removed. Rejects with CallFailed. */
export const exportToFile = async (file: string, terminal: Terminal): Promise<'done'> => {
  if (existsSync(file)) throw new CallFailed(`${file} exists already`, 'FILE_EXISTS');
  const events = await storedEvents(configured());
  let created = false;
  try {
    const until = await answerOf('event store', events.head());
    created = true;
    let sealed = { events: 0, head: '' };
    await progressOn(terminal, 'Exporting', (onProgress) =>
      pipeline(
        async function* () {
          const lines = exportHistory(events, until, (position, head) => onProgress({ position, head }));
          for (let next = await lines.next(); ; next = await lines.next()) {
            if (next.done === true) return void (sealed = next.value);
            yield `${JSON.stringify(next.value)}\n`;
          }
        },
        createWriteStream(file, { flags: 'wx', mode: 0o600 }),
      ),
    );
    terminal.print({ file, ...sealed }, () => `Exported ${sealed.events} events to ${file}\n  head ${sealed.head}`);
    return 'done';
  } catch (error) {
    // Without its last line it is no history, and would stand in the way of the next attempt.
    if (created) rmSync(file, { force: true });
    throw error;
  } finally {
    await events.close();
  }
};
