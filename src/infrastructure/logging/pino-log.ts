import { pino } from 'pino';
import { type Log } from '../../application/ports/log.js';

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Said in every line: which process of several this is. */
  readonly name: string;
  /** Where the lines go; stdout when absent. */
  readonly destination?: { readonly write: (line: string) => void };
}

export interface ClosableLog extends Log {
  /** Everything logged so far is written out. Call it before the process ends. */
  readonly flush: () => void;
}

/**
 * JSON lines, gathered into writes of 4 kB or a second; errors are written at once. Request and correlation ids are
 * fields the caller gives: looking them up behind the back of the hot path would cost every request.
 */
export const createPinoLog = ({ level, name, destination }: LogOptions): ClosableLog => {
  const sync = pino.destination({ dest: 1, sync: true, minLength: 4_096, periodicFlush: 1_000 });
  const logger = pino(
    {
      level,
      base: { process: name, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination ?? sync,
  );
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => {
      logger.error(fields, message);
      if (destination === undefined) sync.flushSync();
    },
    flush: () => sync.flushSync(),
  };
};
