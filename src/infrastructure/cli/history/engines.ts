import { either as E, taskEither as TE } from 'fp-ts';
import { holdsData } from '../../../adapters/embedded/environment/index.js';
import { openStoredEvents, type StoredEvents } from '../../../adapters/embedded/event-store/open-stored-events.js';
import { type Config } from '../../config/load-config.js';
import { type Engines } from '../../engines/engines.js';
import { openEngines } from '../../engines/open-engines.js';
import { createPinoLog } from '../../logging/pino-log.js';
import { createPrometheusMetrics } from '../../metrics/prometheus-metrics.js';
import { systemClock } from '../../system/system-clock.js';
import { CallFailed } from '../failures.js';
import { answerOf } from './answer-of.js';

/** All events there are now, to be closed by the caller. Embedded ones are read beside the server that has them. */
export const storedEvents = async (config: Config): Promise<StoredEvents> => {
  if (config.EVENTSTORE_URL === undefined) {
    if (!holdsData(config.DATA_DIR)) throw new CallFailed(`There is no data in ${config.DATA_DIR}`, 'NO_DATA');
    return openStoredEvents(config.DATA_DIR);
  }
  const { events, close } = await enginesOf(config);
  return { read: events.feed.read, head: events.feed.head, readStream: events.eventStore.readStream, close };
};

/** The engines the environment names, without a server; to be closed by the caller. Rejects with CallFailed. */
export const enginesOf = async (config: Config): Promise<Engines> => {
  const log = createPinoLog({ level: 'silent', name: 'cli', destination: { write: () => undefined } });
  const opened = await openEngines({ config, log, metrics: createPrometheusMetrics(), clock: systemClock })();
  if (E.isLeft(opened)) throw new CallFailed(opened.left);
  const engines = opened.right;
  try {
    const fault = await answerOf('event store', TE.tryCatch(engines.events.entryFault, String));
    if (fault === null) return engines;
    throw new CallFailed(fault);
  } catch (error) {
    await engines.close();
    throw error;
  }
};
