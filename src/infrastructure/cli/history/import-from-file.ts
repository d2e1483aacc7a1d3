import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { either as E } from 'fp-ts';
import { type HistoryEvent } from '../../../application/kernel/history/history-chain.js';
import { type HistoryFault, readHistory } from '../../../application/operating/history/history-lines.js';
import { importHistory, ImportFailed } from '../../../application/operating/history/import-history.js';
import { BEGINNING } from '../../../application/ports/event-store.js';
import { type PlaceInLog } from '../../../application/ports/message-log.js';
import { type Config } from '../../config/load-config.js';
import { type Engines } from '../../engines/engines.js';
import { CallFailed } from '../failures.js';
import { progressOn } from '../progress.js';
import { type Terminal } from '../terminal.js';
import { configured } from '../configured.js';
import { answerOf } from './answer-of.js';
import { enginesOf } from './engines.js';
import { beginEmbeddedLogAt } from './entered-engines.js';

/** Appends under way at once where the events are embedded: one fsync serves many, and their order is kept. */
const IN_FLIGHT_EMBEDDED = 1_000;

/** Reads the file to its end, and closes it also after an error. */
const readFile = async (
  file: string,
  onEvent: (event: HistoryEvent) => Promise<void> | void,
): ReturnType<typeof readHistory> => {
  const handle = await open(file);
  try {
    return await readHistory(handle.readLines(), onEvent);
  } finally {
    await handle.close();
  }
};

const orRefuse = <A>(answer: E.Either<HistoryFault, A>, file: string, consequence: string): A => {
  if (E.isRight(answer)) return answer.right;
  const { line, reason } = answer.left;
  throw new CallFailed(`${file}, line ${line}: ${reason}. ${consequence}`, 'HISTORY_DAMAGED');
};

/** Where each partition of the log must continue: after the messages that led to the events. */
const partitionStarts = () => {
  const starts = new Map<string, PlaceInLog>();
  return {
    note: ({ metadata: { source } }: HistoryEvent): void => {
      if (source === undefined) return;
      const { topic, partition, offset } = source;
      const key = `${topic}/${partition}`;
      if ((starts.get(key)?.offset ?? 0) <= offset) starts.set(key, { topic, partition, offset: offset + 1 });
    },
    all: (): ReadonlyArray<PlaceInLog> => [...starts.values()],
  };
};

const mustBeEmpty = async ({ events }: Engines): Promise<void> => {
  if ((await answerOf('event store', events.feed.head())) === BEGINNING) return;
  throw new CallFailed('The event store holds events already: import a history into an empty one', 'NOT_EMPTY');
};

const withEngines = async <A>(config: Config, work: (engines: Engines) => Promise<A>): Promise<A> => {
  const engines = await enginesOf(config);
  try {
    return await work(engines);
  } finally {
    await engines.close();
  }
};

/**
 * Writes an exported history into an empty event store. The file is read twice: a file with a wrong hash is refused before
 * anything is written. The log begins behind the messages of the history first, so that a crash in between leaves no
 * events whose messages would be given out again. Rejects with CallFailed.
 */
export const importFromFile = async (file: string, terminal: Terminal): Promise<'done'> => {
  if (!existsSync(file)) throw new CallFailed(`There is no file ${file}`, 'NO_FILE');
  const config = configured();
  if (config.KAFKA_BROKERS !== undefined)
    throw new CallFailed(
      'A history cannot be imported while KAFKA_BROKERS is set: events refer to messages that the Kafka partitions never held',
    );
  const starts = partitionStarts();
  const { events: total, head } = orRefuse(await readFile(file, starts.note), file, 'Nothing was imported.');
  await withEngines(config, mustBeEmpty);
  await beginEmbeddedLogAt(config.DATA_DIR, starts.all());
  const inFlight = config.EVENTSTORE_URL === undefined ? IN_FLIGHT_EMBEDDED : 1;
  const copied = await withEngines(config, ({ events }) =>
    progressOn(terminal, 'Importing', async (onProgress) => {
      const writing = importHistory(events.eventStore, inFlight);
      let done = 0;
      const read = await readFile(file, async (event) => {
        await writing.add(event);
        if ((done += 1) % 1_000 === 0) onProgress({ done, total });
      });
      await writing.end();
      return read;
    }),
  ).catch((error: unknown) => {
    if (!(error instanceof ImportFailed)) throw error;
    throw new CallFailed(`${error.message}: empty it and import again`, 'NOT_IMPORTED');
  });
  orRefuse(copied, file, 'It was changed while it was imported: empty the event store and import again.');
  terminal.print({ events: total, head }, () => `Imported ${total} events\n  head ${head}`);
  return 'done';
};
