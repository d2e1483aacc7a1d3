import { either as E, option as O } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { type Build } from '../../ports/read-models.js';
import { HANDED_OVER } from './builds.js';
import { Interrupted, orInterrupt } from './interrupted.js';
import { pause } from './pause.js';
import { type Projection } from './projection.js';
import { rebuildProjection } from './rebuild-projection.js';
import { runProjection, type RunningProjection, type RunProjectionPorts, type Trouble } from './run-projection.js';
import { type VanishedWatch, vanishedWatch } from './vanished-watch.js';
import { type Ports } from '../../ports/ports.js';

export type StartProjectionsPorts = RunProjectionPorts & Pick<Ports, 'leases'>;

export interface RunStatus {
  readonly phase: 'starting' | 'building' | 'running' | 'superseded' | 'stopped';
  readonly build: Build | null;
  /** Null until it runs. */
  readonly checkpoint: Position | null;
  readonly trouble: Trouble | null;
}

/** The projections this process runs. */
export interface Projections {
  /** Resolves once every view has a live build of its version; never rejects. */
  readonly ready: Promise<void>;
  /** Null for a view that is not run here. */
  readonly status: (view: string) => RunStatus | null;
  readonly stop: () => Promise<void>;
}

const FIRST_BACK_OFF_MS = 50;
const LONGEST_BACK_OFF_MS = 5_000;
/** A hand-over takes milliseconds; one that does not end died in the middle, and the view is built anew. */
const HAND_OVER_MS = 10_000;

/**
 * Keeps every view up to date until stopped: the live build of the right version goes on where it stopped; where there
 * is none the view is built anew first. An engine that is away is waited for. Two processes may run the same
 * views: one of them writes, the other looks again.
 */
export const startProjections =
  (ports: StartProjectionsPorts) =>
  (projections: ReadonlyArray<Projection>): Projections => {
    const stopping = new AbortController();
    // One listener for all views: they are many by now.
    const aborted = new Promise<void>((resolve) =>
      stopping.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    const watch = vanishedWatch(ports);
    const kept = new Map(
      projections.map(
        (projection) =>
          [projection.name, keep(ports, watch, projection, { signal: stopping.signal, aborted })] as const,
      ),
    );
    return {
      ready: Promise.all([...kept.values()].map(({ ready }) => ready)).then(() => undefined),
      status: (view) => kept.get(view)?.status() ?? null,
      stop: async () => {
        stopping.abort();
        await Promise.all([...kept.values()].map(({ ended }) => ended));
      },
    };
  };

interface Kept {
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  readonly status: () => RunStatus;
}

const keep = (
  ports: StartProjectionsPorts,
  watch: VanishedWatch,
  projection: Projection,
  { signal, aborted }: { readonly signal: AbortSignal; readonly aborted: Promise<void> },
): Kept => {
  const { readModels, clock, log } = ports;
  let phase: RunStatus['phase'] = 'starting';
  let running: { readonly build: Build; readonly run: RunningProjection } | null = null;
  let trouble: Trouble | null = null;
  let handedOverSince: number | null = null;
  let isReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));

  const buildAnew = async (): Promise<void> => {
    phase = 'building';
    const rebuilt = await rebuildProjection(ports)(projection, { signal })();
    // Another process is at it: it will be found live, or there will be a reason to try again.
    if (E.isRight(rebuilt) || rebuilt.left === 'RebuildRunning') return;
    throw new Interrupted(rebuilt.left === 'LeasesUnavailable' ? 'ReadModelsUnavailable' : rebuilt.left);
  };

  const runLive = async (build: Build, from: Position): Promise<void> => {
    const run = runProjection(ports)(projection, build, from);
    running = { build, run };
    phase = 'running';
    trouble = null;
    isReady();
    const { vanished, stop } = watch.watch(build);
    await Promise.race([run.moved, vanished, aborted]);
    stop();
    await run.stop();
  };

  /** One look: what is there, and what follows from it. False: nothing more to do here. */
  const look = async (): Promise<boolean> => {
    const { live } = await orInterrupt(readModels.builds(projection.name));
    if (O.isSome(live) && live.value.version > projection.version) {
      log.error({ view: projection.name, live: live.value }, 'A newer version of this view is live: not run here');
      phase = 'superseded';
      isReady();
      return false;
    }
    if (O.isNone(live) || live.value.version < projection.version) return buildAnew().then(() => true);
    const checkpoint = await orInterrupt(readModels.checkpoint(live.value));
    if (checkpoint !== HANDED_OVER) {
      handedOverSince = null;
      return runLive(live.value, checkpoint).then(() => true);
    }
    handedOverSince ??= clock.elapsed();
    if (clock.elapsed() - handedOverSince >= HAND_OVER_MS) return buildAnew().then(() => true);
    return pause(clock, FIRST_BACK_OFF_MS, signal).then(() => true);
  };

  const work = async (): Promise<void> => {
    let backOff = FIRST_BACK_OFF_MS;
    while (!signal.aborted) {
      try {
        if (!(await look())) return;
        backOff = FIRST_BACK_OFF_MS;
      } catch (error) {
        if (signal.aborted) break;
        const stuck = !(error instanceof Interrupted);
        const reason = error instanceof Error ? error.message : String(error);
        if (trouble === null || stuck)
          log[stuck ? 'error' : 'warn']({ view: projection.name, err: error }, 'A projection cannot start yet');
        trouble = { since: trouble?.since ?? clock.now(), reason, position: running?.run.checkpoint() ?? -1, stuck };
        await pause(clock, backOff, signal);
        backOff = Math.min(backOff * 2, LONGEST_BACK_OFF_MS);
      }
    }
    phase = 'stopped';
    isReady();
  };

  return {
    ready,
    ended: work(),
    status: () => ({
      phase,
      build: running?.build ?? null,
      checkpoint: running?.run.checkpoint() ?? null,
      trouble: running?.run.trouble() ?? trouble,
    }),
  };
};
