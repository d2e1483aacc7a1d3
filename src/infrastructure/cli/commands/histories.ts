import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { type Command } from 'commander';
import { either as E } from 'fp-ts';
import { z } from 'zod';
import { holdsData, openDataDirectory } from '../../../adapters/embedded/environment/index.js';
import { openStoredEvents, type StoredEvents } from '../../../adapters/embedded/event-store/index.js';
import { beginAt, type PartitionStart } from '../../../adapters/embedded/message-log/index.js';
import { exportHistory } from '../../../application/operating/history/export-history.js';
import { type HistoryEvent } from '../../../application/operating/history/history-chain.js';
import { type HistoryFault, readHistory } from '../../../application/operating/history/history-lines.js';
import { importHistory } from '../../../application/operating/history/import-history.js';
import { BEGINNING } from '../../../application/ports/event-store.js';
import { type Config, loadConfig } from '../../config/load-config.js';
import { type Engines } from '../../engines/engines.js';
import { openEngines } from '../../engines/open-engines.js';
import { dataDirectoryFault } from '../../engines/start-fault.js';
import { createPinoLog } from '../../logging/pino-log.js';
import { createPrometheusMetrics } from '../../metrics/prometheus-metrics.js';
import { systemClock } from '../../system/system-clock.js';
import { exitWith } from '../command.js';
import { CallFailed } from '../failures.js';
import { progressOn } from '../progress.js';
import { createTerminal, type Terminal } from '../terminal.js';

/** Appends under way at once where the events are embedded: one fsync serves many, and their order is kept. */
const IN_FLIGHT_EMBEDDED = 1_000;

const configured = (): Config => {
  const config = loadConfig(process.env);
  if (E.isLeft(config)) throw new CallFailed(config.left.join('\n'));
  return config.right;
};

const orUnavailable = <A>(answer: E.Either<unknown, A>): A => {
  if (E.isLeft(answer)) throw new CallFailed('The event store does not answer', 'UNAVAILABLE');
  return answer.right;
};

const enginesOf = async (config: Config): Promise<Engines> => {
  const log = createPinoLog({ level: 'silent', name: 'cli', destination: { write: () => undefined } });
  const opened = await openEngines({ config, log, metrics: createPrometheusMetrics(), clock: systemClock })();
  if (E.isLeft(opened)) throw new CallFailed(opened.left);
  return opened.right;
};

/** Embedded events are read beside the server that has them. */
const eventsOf = async (config: Config): Promise<StoredEvents> => {
  if (config.EVENTSTORE_URL === undefined) {
    if (!holdsData(config.DATA_DIR)) throw new CallFailed(`There is no data in ${config.DATA_DIR}`, 'NO_DATA');
    return openStoredEvents(config.DATA_DIR);
  }
  const { events, close } = await enginesOf(config);
  return { read: events.feed.read, head: events.feed.head, close };
};

const exportTo = async (file: string, terminal: Terminal): Promise<'done'> => {
  if (existsSync(file)) throw new CallFailed(`${file} exists already`, 'FILE_EXISTS');
  const events = await eventsOf(configured());
  try {
    const until = orUnavailable(await events.head()());
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
  } finally {
    await events.close();
  }
};

const linesOf = (file: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });

const orRefuse = <A>(file: string, answer: E.Either<HistoryFault, A>): A => {
  if (E.isRight(answer)) return answer.right;
  throw new CallFailed(
    `${file}, line ${answer.left.line}: ${answer.left.reason}. Nothing was imported.`,
    'HISTORY_DAMAGED',
  );
};

/** Where each partition of the log has to go on: behind the messages that led to the events. */
const partitionStarts = () => {
  const starts = new Map<string, PartitionStart>();
  return {
    note: ({ metadata: { source } }: HistoryEvent): void => {
      if (source === undefined) return;
      const { topic, partition, offset } = source;
      const key = `${topic}/${partition}`;
      if ((starts.get(key)?.offset ?? 0) <= offset) starts.set(key, { topic, partition, offset: offset + 1 });
    },
    all: (): ReadonlyArray<PartitionStart> => [...starts.values()],
  };
};

const beginLogAt = async (directory: string, starts: ReadonlyArray<PartitionStart>): Promise<void> => {
  const opened = await openDataDirectory(directory)();
  if (E.isLeft(opened)) throw new CallFailed(dataDirectoryFault(opened.left));
  await beginAt(opened.right.root, starts);
  await opened.right.close();
};

const copyInto = async (
  { events, close }: Engines,
  lines: AsyncIterable<string>,
  { inFlight, onEvent }: { readonly inFlight: number; readonly onEvent: (event: HistoryEvent) => void },
): Promise<E.Either<HistoryFault, unknown>> => {
  try {
    if (orUnavailable(await events.feed.head()()) !== BEGINNING)
      throw new CallFailed(
        'The event store holds events already: a history is imported into an empty one',
        'NOT_EMPTY',
      );
    const writing = importHistory(events.eventStore, inFlight);
    const copied = await readHistory(lines, async (event) => {
      await writing.add(event);
      onEvent(event);
    });
    await writing.end();
    return copied;
  } finally {
    await close();
  }
};

const importFrom = async (file: string, terminal: Terminal): Promise<'done'> => {
  if (!existsSync(file)) throw new CallFailed(`There is no file ${file}`, 'NO_FILE');
  const config = configured();
  if (config.KAFKA_BROKERS !== undefined)
    throw new CallFailed(
      'A history cannot be imported beside Kafka: its partitions cannot go on behind messages they never held',
    );
  const starts = partitionStarts();
  // Read twice: what does not add up is refused before anything is written.
  const { events: total, head } = orRefuse(file, await readHistory(linesOf(file), starts.note));
  const inFlight = config.EVENTSTORE_URL === undefined ? IN_FLIGHT_EMBEDDED : 1;
  let done = 0;
  const engines = await enginesOf(config);
  const copied = await progressOn(terminal, 'Importing', (onProgress) =>
    copyInto(engines, linesOf(file), {
      inFlight,
      onEvent: () => {
        if ((done += 1) % 1_000 === 0) onProgress({ done, total });
      },
    }),
  );
  orRefuse(file, copied);
  await beginLogAt(config.DATA_DIR, starts.all());
  terminal.print({ events: total, head }, () => `Imported ${total} events\n  head ${head}`);
  return 'done';
};

const options = z.object({ json: z.boolean().optional(), to: z.string().optional() });

/** `export --to FILE` and `import FILE`: all events as lines of JSON, with the head of their chain. */
export const historyCommands = (program: Command): void => {
  program
    .command('export')
    .description('write every event to a file, a line of JSON each, sealed by the head of their chain')
    .requiredOption('--to <file>', 'the file; must not exist')
    .option('--json', 'print JSON, also of a failure')
    .action(async (given: unknown) => {
      const { json = false, to = '' } = options.parse(given);
      await exitWith(json, () => exportTo(to, createTerminal(json)));
    });
  program
    .command('import <file>')
    .description('write an exported history into an empty event store; reads all of it first')
    .option('--json', 'print JSON, also of a failure')
    .action(async (file: string, given: unknown) => {
      const { json = false } = options.parse(given);
      await exitWith(json, () => importFrom(file, createTerminal(json)));
    });
};
