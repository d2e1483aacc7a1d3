import { either as E } from 'fp-ts';
import { loadConfig } from './config/load-config.js';
import { hideSecrets } from './logging/hide-secrets.js';
import { createPinoLog } from './logging/pino-log.js';
import { say } from './output/never-waiting.js';
import { startServer } from './start-server.js';
import { inWords } from './system/in-words.js';

/** Longer than any drain: when even giving up takes too long, the process ends all the same. */
const GIVE_UP_MS = 5_000;
/** Before it listens nothing was promised to anybody: what was begun is put away in this time, or left. */
const STOP_START_MS = 1_000;

const exitSaying = (faults: ReadonlyArray<string>): never => {
  faults.forEach((fault) => say(2, fault));
  process.exit(1);
};

const withItsPlace = (reason: unknown): string =>
  reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);

const whenAborted = (signal: AbortSignal, then: () => void): void => {
  if (signal.aborted) then();
  else signal.addEventListener('abort', then, { once: true });
};

/**
 * Runs until `stopping` is aborted: 0 when everything was drained and closed, also before it had started; 1 when it was
 * not, or when something happened that no code expects. Never returns while it runs.
 */
export const serve = async (variables: NodeJS.ProcessEnv, stopping: AbortSignal): Promise<void> => {
  // Somebody who stops reading what is written there is no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const config = loadConfig(variables);
  if (E.isLeft(config)) return exitSaying(['Doorbuster cannot start with this environment:', ...config.left]);
  const { LOG_LEVEL, PROCESSES, DRAIN_NOTICE_MS, SHUTDOWN_TIMEOUT_MS } = config.right;
  const stopWithinMs = DRAIN_NOTICE_MS + SHUTDOWN_TIMEOUT_MS;
  const hide = hideSecrets(config.right);
  const log = createPinoLog({ level: LOG_LEVEL, name: PROCESSES.join(','), hide });
  const endWith = (reason: unknown, said: string): never => {
    log.error({ err: reason }, 'Ending because of an unexpected error');
    log.flush();
    return exitSaying([hide(said)]);
  };
  const fail = (reason: unknown): never => endWith(reason, inWords(reason));
  const unexpected = (reason: unknown): never => endWith(reason, withItsPlace(reason));
  process.on('uncaughtException', unexpected);
  process.on('unhandledRejection', unexpected);

  const exit = (): never => {
    log.info({ signal: stopping.reason }, 'stopped');
    log.flush();
    process.exit(0);
  };
  let listens = false;
  whenAborted(stopping, () => {
    log.info({ signal: stopping.reason }, 'stopping');
    if (!listens) setTimeout(() => listens || exit(), STOP_START_MS);
  });

  const started = await startServer(config.right, { log, stopping })();
  if (E.isLeft(started)) return stopping.aborted ? exit() : exitSaying([hide(started.left)]);
  listens = true;
  const { url, stop } = started.right;
  if (process.stdout.isTTY) say(1, `Doorbuster listens at ${url}`);
  else log.info({ url, processes: PROCESSES }, 'listening');
  log.flush();

  whenAborted(stopping, () => {
    setTimeout(() => fail(new Error(`Not stopped within ${stopWithinMs} ms`)), stopWithinMs + GIVE_UP_MS).unref();
    stop().then(exit, fail);
  });
};
