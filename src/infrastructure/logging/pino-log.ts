import { writeSync } from 'node:fs';
import { pino } from 'pino';
import { type Log } from '../../application/ports/log.js';
import { type LineOutput, lineOutput } from '../output/line-output.js';
import { neverWaiting } from '../output/never-waiting.js';

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Said in every line: which process of several this is. */
  readonly name: string;
  /** Takes out of each line what nobody may read in it. */
  readonly hide?: (line: string) => string;
  /** Where the lines go; stdout when absent. */
  readonly destination?: { readonly write: (line: string) => void };
}

export interface ClosableLog extends Log {
  /** Everything logged so far is written out, as far as somebody reads it. Call it before the process ends. */
  readonly flush: () => void;
  /** Lines that could not be written, since the start. */
  readonly dropped: () => number;
}

/** At its end a process waits so long for a slow reader. */
const LAST_LINES_MS = 200;

const standardOutput = (name: string): LineOutput => {
  const fd = neverWaiting(1);
  return lineOutput({
    writeSome: (bytes) => writeSync(fd, bytes),
    droppedLine: (lines) => {
      const msg = 'lines of this log were dropped: they could not be written';
      const rest = JSON.stringify({ process: name, pid: process.pid, lines, msg }).slice(1);
      return `{"level":"warn"${pino.stdTimeFunctions.isoTime()},${rest}\n`;
    },
  });
};

const given = ({ write }: { readonly write: (line: string) => void }): LineOutput => ({
  write,
  flush: () => undefined,
  dropped: () => 0,
});

/**
 * JSON lines, gathered into writes of 4 kB or a second; errors are written at once. Nothing waits for a log: what cannot be
 * written is dropped and counted. Request and correlation ids are fields the caller gives: looking them up behind the back
 * of the hot path would cost every request.
 */
export const createPinoLog = ({ level, name, hide = (line) => line, destination }: LogOptions): ClosableLog => {
  const output = destination === undefined ? standardOutput(name) : given(destination);
  const logger = pino(
    {
      level,
      base: { process: name, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => output.write(hide(line)) },
  );
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => {
      logger.error(fields, message);
      output.flush();
    },
    flush: () => output.flush(LAST_LINES_MS),
    dropped: output.dropped,
  };
};
