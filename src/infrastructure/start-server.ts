import { context, diag, DiagLogLevel } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { either as E, type taskEither as TE } from 'fp-ts';
import { type Container } from 'inversify';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SseLimits } from '../adapters/http/sse/limits.js';
import { type Clock } from '../application/ports/clock.js';
import { type Log } from '../application/ports/log.js';
import { type Config } from './config/load-config.js';
import { openContainer } from './container/open-container.js';
import { type Bound, boundIn } from './container/bound-in.js';
import { type Engine } from './engines/engines.js';
import { retryWhileEngineAway } from './engines/retry-while-engine-away.js';
import { sharedSecrets } from './engines/shared-secrets.js';
import { hideSecrets } from './logging/hide-secrets.js';
import { type ClosableLog, createPinoLog } from './logging/pino-log.js';
import { startApi } from './processes/api.js';
import { every, type RunningProcess } from './processes/every.js';
import { startOpsServer } from './processes/ops-server.js';
import { refreshGauges } from './processes/refresh-gauges.js';
import { startProcesses, watchingProgress } from './processes/start-processes.js';
import { inWords } from './system/in-words.js';
import { type Stop, stopAll } from './system/stop-all.js';
import { systemClock } from './system/system-clock.js';
import { destinations } from './telemetry/destinations.js';
import { startSendingMetrics, startSendingTraces } from './telemetry/start-sending.js';

/** A collector may be away for long, and is tried every few seconds. */
const QUIET_MS = 60_000;

const nothing = (): void => undefined;

/** From now on the log says what could not be sent, and why, once a minute at most. */
const tellFaults = (log: Pick<Log, 'warn'>, clock: Pick<Clock, 'elapsed'>): void => {
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

/** Of this process, however many servers it starts. */
let isFollowing: boolean | undefined;

/**
 * From now on the trace of a call is known wherever the call leads to. Costs nothing until the first trace comes in; from then on a
 * promise costs some 0.3 µs more, before Node 24.
 */
const followTraces = (): void => {
  isFollowing ??= context.setGlobalContextManager(new AsyncLocalStorageContextManager());
};

/** How long what is being stopped may take before somebody looks whether an engine holds it up. */
const LOOK_MS = 1_000;
const ANSWER_WITHIN_MS = 500;

const isAway = async ({ health }: Pick<Engine, 'health'>): Promise<boolean> => {
  const waited = new AbortController();
  const late = sleep(ANSWER_WITHIN_MS, 'down' as const, { signal: waited.signal }).catch(() => 'down' as const);
  const state = await Promise.race([health().catch(() => 'down' as const), late]);
  waited.abort();
  return state !== 'ok';
};

/**
 * Waits for what is being stopped, unless an engine that is away holds it up: then it is left as it is, as after `kill -9`,
 * which loses nothing that was promised.
 */
const unlessAway = async (engines: ReadonlyArray<Pick<Engine, 'health'>>, stopping: Promise<void>): Promise<void> => {
  let isDone = false;
  const done = stopping.finally(() => (isDone = true));
  const left = async (): Promise<void> => {
    while (!isDone) {
      await sleep(LOOK_MS, undefined, { ref: false });
      if ((await Promise.all(engines.map(isAway))).includes(true)) return;
    }
  };
  await Promise.race([done, left()]);
};

export interface ServerOptions {
  readonly log?: ClosableLog;
  /** How long engines that do not answer yet are waited for, milliseconds. Default: for ever. */
  readonly withinMs?: number;
  /** Whether others are told that it answers: on this machine the command line, and all who watch over waiting rooms. Default true. */
  readonly announce?: boolean;
  /** Of the streams of server-sent events, where they are to differ from what is usual. */
  readonly sse?: Partial<SseLimits>;
  /** Aborted: what is being started is put away again. */
  readonly stopping?: AbortSignal;
}

export interface RunningServer {
  readonly url: string;
  readonly container: Container;
  /** Stops accepting, ends what was begun, closes the engines. */
  readonly stop: () => Promise<void>;
}

const SECRETS_COMPARED_EVERY_MS = 60_000;

/** Left: why this process must not run beside those that do. Else it goes on comparing, for who comes next. */
const comparingSecrets = async (bound: Bound): Promise<E.Either<string, RunningProcess>> => {
  const { clock, logger: log, idempotencyKeys, config } = bound;
  const secrets = sharedSecrets(idempotencyKeys, clock, config);
  const refused = await secrets.fault();
  if (refused !== null) return E.left(refused);
  const compare = async (): Promise<void> => {
    const fault = await secrets.fault();
    if (fault !== null) log.error({}, fault);
  };
  const comparing = every(clock, SECRETS_COMPARED_EVERY_MS, compare, () => undefined);
  return E.right({
    stop: async () => {
      await comparing.stop();
      await secrets.leave();
    },
  });
};

/** Opens the engines and starts what PROCESSES names. Left: why it could not, for an operator to read. */
export const startServer =
  (config: Config, options: ServerOptions = {}): TE.TaskEither<string, RunningServer> =>
  async (): Promise<E.Either<string, RunningServer>> => {
    const log =
      options.log ??
      createPinoLog({ level: config.LOG_LEVEL, name: config.PROCESSES.join(','), hide: hideSecrets(config) });
    if (Object.values(destinations(config)).some((url) => url !== null)) tellFaults(log, systemClock);
    followTraces();
    const whenThere = retryWhileEngineAway(log, options.withinMs);
    const running: Stop[] = [];
    let stop = (): Promise<void> => stopAll(running);
    const failed = async (why: string): Promise<E.Either<string, never>> => {
      await stop().catch((error: unknown) => log.warn({ err: error }, 'What had begun could not all be ended'));
      return E.left(why);
    };
    try {
      const traces = await startSendingTraces(config, systemClock);
      if (traces !== null) running.push(traces.stop);
      const opened = await openContainer(config, log, whenThere)();
      if (E.isLeft(opened)) return await failed(opened.left);
      const container = opened.right;
      const bound = boundIn(container);
      const { engines } = bound;
      running.push(engines.close);
      const front: Stop[] = [];
      const behind = (): Promise<void> => unlessAway([engines.events, engines.log, engines.state], stopAll(running));
      stop = () => stopAll([behind, ...front]);
      const comparing = await comparingSecrets(bound);
      if (E.isLeft(comparing)) return await failed(comparing.left);
      running.push(comparing.right.stop);
      const names = config.PROCESSES;
      refreshGauges(bound);
      const metrics = await startSendingMetrics(config, systemClock, bound.metrics);
      if (metrics !== null) running.push(metrics.stop);
      const { stopping, announce } = options;
      await startProcesses(bound, { names, whenThere, stopping, running, announce });
      const api = await whenThere(() => (names.includes('api') ? startApi(bound, options.sse) : startOpsServer(bound)));
      front.push(api.stop);
      if (api.behind !== undefined) running.push(api.behind.stop);
      running.push(watchingProgress(bound).stop);
      if (announce !== false) engines.announce(api.url);
      return E.right({ url: api.url, container, stop });
    } catch (error) {
      return failed(inWords(error));
    }
  };
