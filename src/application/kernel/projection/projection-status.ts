import { option as O, type taskEither as TE } from 'fp-ts';
import { BEGINNING, type Position } from '../../ports/event-store.js';
import { type Build } from '../../ports/read-models.js';
import { HANDED_OVER } from './builds.js';
import { answering, type Interruption, orInterrupt } from './interrupted.js';
import { type Projection } from './projection.js';
import { type Trouble } from './run-projection.js';
import { type Projections } from './start-projections.js';
import { type Ports } from '../../ports/ports.js';

export interface ProjectionStatusPorts extends Pick<Ports, 'feed' | 'readModels' | 'clock'> {
  /** Those of this process; null where it runs none. */
  readonly running: Pick<Projections, 'status'> | null;
}

export interface Lag {
  /** Events of this view that are not yet in what is served. */
  readonly events: number;
  /** False: there are more than were counted. */
  readonly exact: boolean;
  /** How long the oldest of them has been waiting, milliseconds; 0 when there is none. */
  readonly ageMs: number;
}

export interface ProjectionStatus {
  readonly view: string;
  readonly version: number;
  /**
   * NOT_BUILT: no build of this version is live. STUCK: its fold throws, or it has stood still for half a minute
   * with events before it. BEHIND: waiting for an engine or catching up.
   */
  readonly state: 'LIVE' | 'BEHIND' | 'STUCK' | 'NOT_BUILT';
  readonly live: Build | null;
  /** Others, finished or not: more than none only while the view is rebuilt. */
  readonly builds: number;
  readonly checkpoint: Position;
  readonly head: Position;
  readonly lag: Lag;
  readonly trouble: Trouble | null;
}

/** Positions have gaps, so the lag is counted, up to this. */
const COUNTED = 10_000;
const PAGE = 1_000;
const STANDING_STILL_MS = 30_000;
const BEHIND_MS = 1_000;

const lagOf = async (
  { feed, clock }: ProjectionStatusPorts,
  { streamPrefixes }: Projection,
  checkpoint: Position,
): Promise<Lag> => {
  let events = 0;
  let oldest: number | null = null;
  for (let after = checkpoint; ;) {
    const batch = await orInterrupt(feed.read(after, { streamPrefixes, batchSize: PAGE }));
    events += batch.events.length;
    oldest ??= batch.events[0]?.recordedAt ?? null;
    const exact = batch.caughtUp || batch.position === after;
    if (exact || events >= COUNTED)
      return { events, exact, ageMs: oldest === null ? 0 : Math.max(0, clock.now() - oldest) };
    after = batch.position;
  }
};

const stateOf = (live: Build | null, lag: Lag, trouble: Trouble | null): ProjectionStatus['state'] => {
  if (trouble?.stuck === true) return 'STUCK';
  if (live === null) return 'NOT_BUILT';
  if (lag.ageMs >= STANDING_STILL_MS) return 'STUCK';
  return trouble !== null || lag.ageMs >= BEHIND_MS ? 'BEHIND' : 'LIVE';
};

/** Where a view stands: what is live, how far it is, and how far behind, as a count and as an age. */
export const projectionStatus =
  (ports: ProjectionStatusPorts) =>
  (projection: Projection): TE.TaskEither<Interruption, ProjectionStatus> =>
    answering(async () => {
      const { live, all } = await orInterrupt(ports.readModels.builds(projection.name));
      const served = O.toNullable(O.filter((build: Build) => build.version === projection.version)(live));
      // One that a newer version has replaced is as far behind as that: in a rolling upgrade nothing stands still.
      const current = O.toNullable(O.filter((build: Build) => build.version >= projection.version)(live));
      const stored = current === null ? BEGINNING : await orInterrupt(ports.readModels.checkpoint(current));
      const head = await orInterrupt(ports.feed.head());
      // Handed over: its successor takes its place this very moment.
      const checkpoint = stored === HANDED_OVER ? head : stored;
      const lag = await lagOf(ports, projection, checkpoint);
      const trouble = ports.running?.status(projection.name)?.trouble ?? null;
      return {
        view: projection.name,
        version: projection.version,
        state: stateOf(served, lag, trouble),
        live: served,
        builds: all.filter(({ build }) => build !== served?.build).length,
        checkpoint,
        head,
        lag,
        trouble,
      };
    });

/** The status of every view, one after the other. */
export const listProjections =
  (ports: ProjectionStatusPorts) =>
  (projections: ReadonlyArray<Projection>): TE.TaskEither<Interruption, ReadonlyArray<ProjectionStatus>> =>
    answering(async () => {
      const list: ProjectionStatus[] = [];
      for (const projection of projections) list.push(await orInterrupt(projectionStatus(ports)(projection)));
      return list;
    });
