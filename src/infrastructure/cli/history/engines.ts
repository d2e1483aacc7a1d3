import { either as E, taskEither as TE } from 'fp-ts';
import { holdsData } from '../../../adapters/embedded/environment/index.js';
import { openStoredEvents, type StoredEvents } from '../../../adapters/embedded/event-store/open-stored-events.js';
import { type Config } from '../../config/load-config.js';
import { type EngineContext, type Engines, type EventEngine } from '../../engines/engines.js';
import { openEngines } from '../../engines/open-engines.js';
import { createPinoLog } from '../../logging/pino-log.js';
import { createPrometheusMetrics } from '../../metrics/prometheus-metrics.js';
import { systemClock } from '../../system/system-clock.js';
import { CallFailed } from '../failures.js';
import { answerOf } from './answer-of.js';

/** For engines of this command alone: a person is told by its answer. */
export const quietly = (config: Config): EngineContext => ({
  config,
  log: createPinoLog({ level: 'silent', name: 'cli', destination: { write: () => undefined } }),
  metrics: createPrometheusMetrics(),
  clock: systemClock,
});

/** What was opened, if this shop may use its event store. Rejects with CallFailed, and lets go of it then. */
const entered = async <Opened extends { readonly close: () => Promise<void> }>(
  opened: E.Either<string, Opened>,
  eventsIn: (opened: Opened) => Pick<EventEngine, 'entryFault'>,
): Promise<Opened> => {
  if (E.isLeft(opened)) throw new CallFailed(opened.left);
  try {
    const fault = await answerOf('event store', TE.tryCatch(eventsIn(opened.right).entryFault, String));
    if (fault === null) return opened.right;
    throw new CallFailed(fault);
  } catch (error) {
    await opened.right.close();
    throw error;
  }
};

/** The engines the environment names, without a server; to be closed by the caller. Rejects with CallFailed. */
export const enginesOf = async (config: Config): Promise<Engines> =>
  entered(await openEngines(quietly(config))(), ({ events }) => events);

/**
 * All events there are now, to be closed by the caller. Embedded ones are read beside the server that has them. No other engine is
 * opened: it may be away, or in the data directory of a server. Rejects with CallFailed.
 */
export const storedEvents = async (config: Config): Promise<StoredEvents> => {
  if (config.EVENTSTORE_URL === undefined) {
    if (!holdsData(config.DATA_DIR)) throw new CallFailed(`There is no data in ${config.DATA_DIR}`, 'NO_DATA');
    return openStoredEvents(config.DATA_DIR);
  }
  const { eventStoreDb } = await import('../../engines/event-store-db.js');
  const opened = await eventStoreDb(config.EVENTSTORE_URL, quietly(config), { onlyReads: true });
  const { feed, eventStore, close } = await entered(opened, (events) => events);
  return { read: feed.read, head: feed.head, readStream: eventStore.readStream, close };
};
