import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { BEGINNING, type Position } from '../../ports/event-store.js';
import { type Build } from '../../ports/read-models.js';
import { dropUnfinished, HANDED_OVER, nextBuild } from './builds.js';
import { catchUp, type CatchUpPorts, type Progress } from './catch-up.js';
import { type ParkedStreams } from '../process/parking/parked-streams.js';
import { compareBuilds, type Comparison } from './compare-builds.js';
import { type Forget, keepAll } from './forget.js';
import { answering, Interrupted, type Interruption, orInterrupt } from './interrupted.js';
import { parkingConsumer, type Projection } from './projection.js';
import { type Ports } from '../../ports/ports.js';

export interface RebuildPorts extends CatchUpPorts, Pick<Ports, 'leases' | 'clock' | 'log'> {
  readonly parkedStreams?: Pick<ParkedStreams, 'fresh' | 'open' | 'replace'>;
  readonly forget?: Forget;
}

export interface RebuildOptions {
  /** Compares the new build with the live one before readers see it. It takes over whatever the outcome: it is the fresh fold. */
  readonly verify?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Gives up and drops what was built. */
  readonly signal?: AbortSignal;
}

export interface Rebuilt {
  readonly build: Build;
  readonly replaced: Build | null;
  readonly events: number;
  readonly checkpoint: Position;
  /** Only when asked for, and when the live build was of the same version. */
  readonly comparison: Comparison | null;
}

export type RebuildError = Interruption | 'RebuildRunning' | 'LeasesUnavailable';

export type RebuildProjection = (
  projection: Projection,
  options?: RebuildOptions,
) => TE.TaskEither<RebuildError, Rebuilt>;

const LEASE_WAIT_MS = 1_000;
/** With no more events left than this, the rest takes milliseconds. */
const NEARLY = 500;

/**
 * Builds the view anew beside the live build, while that one goes on; then readers are switched over in one step and
 * the old build is dropped. Readers never notice, and never see less than before.
 */
export const rebuildProjection =
  (ports: RebuildPorts): RebuildProjection =>
  (projection, options = {}) =>
  async () => {
    const waiting = new AbortController();
    const cancel = ports.clock.wakeIn(LEASE_WAIT_MS, () => waiting.abort());
    const lease = await ports.leases.acquire(`rebuild:${projection.name}`, waiting.signal)();
    cancel();
    if (E.isLeft(lease)) return E.left(lease.left === 'Aborted' ? 'RebuildRunning' : lease.left);
    const lost = new AbortController();
    lease.right.onLost(() => lost.abort());
    const signal = options.signal === undefined ? lost.signal : AbortSignal.any([options.signal, lost.signal]);
    try {
      return await answering(() => rebuild(ports, projection, { ...options, signal }))();
    } finally {
      await lease.right.release();
    }
  };

const rebuild = async (
  { parkedStreams, forget = keepAll, ...rest }: RebuildPorts,
  projection: Projection,
  options: RebuildOptions,
): Promise<Rebuilt> => {
  let parking = parkedStreams?.fresh();
  const ports = { ...rest, ...(parking && { parking }) };
  const { readModels, log } = ports;
  await dropUnfinished(readModels, projection);
  const { live } = await orInterrupt(readModels.builds(projection.name));
  const old = O.toNullable(live);
  const build = await nextBuild(readModels, projection);
  log.info({ view: projection.name, build: build.build, version: build.version }, 'A view is built anew');

  let events = 0;
  /** A process that missed the loss of all builds may write to this one, as one of the same number. */
  let reached: Position = BEGINNING;
  const advance = async (isLive = false): Promise<{ readonly folded: number; readonly checkpoint: Position }> => {
    const onProgress = (progress: Progress): void => {
      options.onProgress?.({ ...progress, events: events + progress.events });
    };
    const done = await catchUp({ ...ports, ...(parking && { parking }) })(projection, build, {
      from: reached,
      isLive,
      onProgress,
      signal: options.signal,
    });
    events += done.events;
    reached = done.checkpoint;
    return { folded: done.events, checkpoint: done.checkpoint };
  };

  try {
    while ((await advance()).folded > NEARLY);
    await orInterrupt(forget(projection.name, build));
    const compared = options.verify === true && old?.version === build.version ? old : null;
    if (compared !== null) await orInterrupt(forget(projection.name, compared));
    const comparison = compared && (await compareBuilds(ports)(projection, compared, build, options.signal));
    reached = comparison?.position ?? reached;
    const checkpoint = await handOver(ports, old, advance);
    if (parking !== undefined) {
      const consumer = parkingConsumer(projection);
      await parkedStreams?.replace(consumer, parking).catch(unavailable);
      // What is parked from here on is recorded at once: the process that runs the build is to know of it.
      parking = await parkedStreams?.open(consumer).catch(unavailable);
    }
    await orInterrupt(readModels.flip(build));
    if (old !== null) await orInterrupt(readModels.drop(old));
    // The process that ran the old build looks for the new one at the next event: the events until now are folded here.
    await advance(true).catch(unlessMoved);
    log.info({ view: projection.name, build: build.build, events }, 'A view was built anew and is live');
    return { build, replaced: old, events, checkpoint, comparison };
  } catch (error) {
    await dropUnfinished(readModels, projection).catch(() => undefined);
    throw error;
  }
};

/** Closes the old build to its writer at a point the new build has reached; answers that point. */
const handOver = async (
  { readModels }: CatchUpPorts,
  old: Build | null,
  advance: () => Promise<{ readonly checkpoint: Position }>,
): Promise<Position> => {
  for (;;) {
    const { checkpoint } = await advance();
    if (old === null) return checkpoint;
    const from = await orInterrupt(readModels.checkpoint(old));
    if (from === HANDED_OVER) return checkpoint;
    if (from > checkpoint) continue;
    const closed = await readModels.write(old, [], { from, to: HANDED_OVER })();
    if (E.isRight(closed)) return checkpoint;
    if (closed.left !== 'CheckpointMoved') throw new Interrupted(closed.left);
  }
};

const unavailable = (): never => {
  throw new Interrupted('EventStoreUnavailable');
};

const unlessMoved = (error: unknown): void => {
  if (!(error instanceof Interrupted && error.why === 'CheckpointMoved')) throw error;
};
