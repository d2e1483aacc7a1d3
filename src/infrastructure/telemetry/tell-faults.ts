import { diag, DiagLogLevel } from '@opentelemetry/api';
import { type Clock } from '../../application/ports/clock.js';
import { type Log } from '../../application/ports/log.js';

/** A collector may be away for long, and is tried every few seconds. */
const QUIET_MS = 60_000;

const nothing = (): void => undefined;

/** From now on the log says what could not be sent, and why, once a minute at most. */
export const tellFaults = (log: Pick<Log, 'warn'>, clock: Pick<Clock, 'elapsed'>): void => {
  let quietUntil = -Infinity;
  const tell = (fault: string): void => {
    if (clock.elapsed() < quietUntil) return;
    quietUntil = clock.elapsed() + QUIET_MS;
    log.warn({ fault }, 'Traces or metrics could not be sent');
  };
  diag.setLogger(
    { error: tell, warn: nothing, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
};
