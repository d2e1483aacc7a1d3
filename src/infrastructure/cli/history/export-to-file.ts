import { rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { type StoredEvents } from '../../../adapters/embedded/event-store/open-stored-events.js';
import { exportHistory } from '../../../application/operating/history/export-history.js';
import { configured } from '../configured.js';
import { CallFailed } from '../failures.js';
import { progressOn } from '../progress.js';
import { type Terminal } from '../terminal.js';
import { answerOf } from './answer-of.js';
import { storedEvents } from './engines.js';

const create = async (file: string): Promise<FileHandle> => {
  try {
    return await open(file, 'wx', 0o600);
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST')
      throw new CallFailed(`${file} exists already`, 'FILE_EXISTS');
    throw error;
  }
};

const writeAll = async (events: StoredEvents, handle: FileHandle, terminal: Terminal) => {
  const until = await answerOf('event store', events.head());
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
      handle.createWriteStream({ flush: true }),
    ),
  );
  return sealed;
};

/** Writes every event there is now to a file of its own, on disk when this resolves. What could not be finished is removed, also when a signal ends the process. Rejects with CallFailed. */
export const exportToFile = async (file: string, terminal: Terminal): Promise<'done'> => {
  // Created first: of two that export to one file, one is refused before it could remove what the other writes.
  const handle = await create(file);
  // Without its last line it is no history, and would stand in the way of the next attempt.
  const remove = (): void => rmSync(file, { force: true });
  process.once('exit', remove);
  try {
    const events = await storedEvents(configured());
    const sealed = await writeAll(events, handle, terminal).finally(events.close);
    terminal.print({ file, ...sealed }, () => `Exported ${sealed.events} events to ${file}\n  head ${sealed.head}`);
    return 'done';
  } catch (error) {
    await handle.close();
    remove();
    throw error;
  } finally {
    process.off('exit', remove);
  }
};
