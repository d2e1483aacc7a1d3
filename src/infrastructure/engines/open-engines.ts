import { either as E, taskEither as TE } from 'fp-ts';
import { type DataDirectory } from '../../adapters/embedded/environment/index.js';
import { tellUnhandledEvents, tellUnhandledMessages } from '../../application/kernel/tell-unhandled.js';
import {
  type EngineContext,
  type Engines,
  type EventEngine,
  isEmbedded,
  type LogEngine,
  type StateEngine,
} from './engines.js';
import { enterDataDirectory } from './namespace.js';
import { stopAll } from '../system/stop-all.js';
import { dataDirectoryFault } from './start-fault.js';

interface Chosen {
  readonly events: EventEngine;
  readonly log: LogEngine;
  readonly state: StateEngine;
}

/** Clients of servers, and the embedded engines, are loaded only where they are used: they are most of the time a start takes. */
const openAll = async (directory: DataDirectory | null, context: EngineContext): Promise<E.Either<string, Chosen>> => {
  const { EVENTSTORE_URL, KAFKA_BROKERS, REDIS_URL } = context.config;
  const { embeddedEvents, embeddedLog, embeddedState } = await import('./embedded.js');
  const here = (): DataDirectory => {
    if (directory === null) throw new Error('No data directory was opened');
    return directory;
  };
  const events =
    EVENTSTORE_URL === undefined
      ? await entered(embeddedEvents(here(), context), here(), context)
      : await (await import('./event-store-db.js')).eventStoreDb(EVENTSTORE_URL, context);
  if (E.isLeft(events)) return events;
  const log =
    KAFKA_BROKERS === undefined
      ? E.right(embeddedLog(here(), context))
      : await (await import('./kafka-log.js')).kafkaLog(KAFKA_BROKERS, context);
  if (E.isLeft(log)) {
    await events.right.close();
    return log;
  }
  const state =
    REDIS_URL === undefined
      ? E.right(embeddedState(here(), context))
      : await (await import('./redis-state.js')).redisState(REDIS_URL, context);
  if (E.isRight(state)) return E.right({ events: events.right, log: log.right, state: state.right });
  await log.right.close();
  await events.right.close();
  return state;
};

/** The events of a data directory, if they are of this shop. */
const entered = async (
  events: EventEngine,
  directory: DataDirectory,
  { config }: EngineContext,
): Promise<E.Either<string, EventEngine>> => {
  const answer = await enterDataDirectory(directory, events.feed, config);
  if (E.isRight(answer)) return E.right(events);
  await events.close();
  return answer;
};

const openDirectory = async ({ config }: EngineContext): Promise<E.Either<string, DataDirectory | null>> => {
  if (!isEmbedded(config)) return E.right(null);
  const { openDataDirectory } = await import('../../adapters/embedded/environment/index.js');
  const leastFreeMiB = config.DISK_MIN_FREE_MB;
  return TE.mapLeft(dataDirectoryFault)(openDataDirectory(config.DATA_DIR, { leastFreeMiB }))();
};

/** Each port on the server that was named for it, and on the data directory where none was. */
export const openEngines =
  (context: EngineContext): TE.TaskEither<string, Engines> =>
  async () => {
    const directory = await openDirectory(context);
    if (E.isLeft(directory)) return directory;
    const chosen = await openAll(directory.right, context);
    if (E.isLeft(chosen)) {
      await directory.right?.close();
      return chosen;
    }
    const { events, log, state } = chosen.right;
    return E.right({
      events: { ...events, feed: tellUnhandledEvents(events.feed, context.log) },
      log: { ...log, messageLog: tellUnhandledMessages(log.messageLog, context.log) },
      state,
      announce: (url) => directory.right?.announce(url),
      trouble: () => directory.right?.trouble() ?? null,
      close: () => stopAll([async () => directory.right?.close(), state.close, events.close, log.close]),
    });
  };
