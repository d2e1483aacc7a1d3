import { either as E, taskEither as TE } from 'fp-ts';
import { type Config } from '../../config/load-config.js';
import { type Engines } from '../../engines/engines.js';
import { openEngines } from '../../engines/open-engines.js';
import { createPinoLog } from '../../logging/pino-log.js';
import { createPrometheusMetrics } from '../../metrics/prometheus-metrics.js';
import { systemClock } from '../../system/system-clock.js';
import { CallFailed } from '../failures.js';
import { answerOf } from './answer-of.js';

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
