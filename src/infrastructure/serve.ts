import { either as E } from 'fp-ts';
import { loadConfig } from './config/load-config.js';
import { createPinoLog } from './logging/pino-log.js';
import { startServer } from './start-server.js';

/** Longer than any drain: when even giving up takes too long, the process ends all the same. */
const GIVE_UP_MS = 5_000;

const exitSaying = (faults: ReadonlyArray<string>): never => {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
};

/**
 * Runs until a signal: 0 when everything was drained and closed, 1 when it was not, or when something happened that no code
 * expects. Never returns while it runs.
 */
export const serve = async (variables: NodeJS.ProcessEnv): Promise<void> => {
  const config = loadConfig(variables);
  if (E.isLeft(config)) return exitSaying(['Doorbuster cannot start with this environment:', ...config.left]);
  const { LOG_LEVEL, PROCESSES, DRAIN_NOTICE_MS, SHUTDOWN_TIMEOUT_MS } = config.right;
  const stopWithinMs = DRAIN_NOTICE_MS + SHUTDOWN_TIMEOUT_MS;
  const log = createPinoLog({ level: LOG_LEVEL, name: PROCESSES.join(',') });
  const fail = (reason: unknown): never => {
    log.error({ err: reason }, 'Ending: something happened that must not');
    log.flush();
    return exitSaying([reason instanceof Error ? reason.message : String(reason)]);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);

  const started = await startServer(config.right, { log })();
  if (E.isLeft(started)) return exitSaying([started.left]);
  const { url, stop } = started.right;
  if (process.stdout.isTTY) process.stdout.write(`Doorbuster listens at ${url}\n`);
  else log.info({ url, processes: PROCESSES }, 'listening');
  log.flush();

  const end = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'stopping');
    setTimeout(() => fail(new Error(`Not stopped within ${stopWithinMs} ms`)), stopWithinMs + GIVE_UP_MS).unref();
    stop().then(() => {
      log.info({}, 'stopped');
      log.flush();
      process.exit(0);
    }, fail);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
};
