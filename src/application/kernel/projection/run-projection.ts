import { option as O } from 'fp-ts';
import { BEGINNING, type Position } from '../../ports/event-store.js';
import { type FeedBatch } from '../../ports/event-feed.js';
import { type Ports } from '../../ports/ports.js';
import { type Build } from '../../ports/read-models.js';
import { type ParkedStreams } from '../process/parking/parked-streams.js';
import { type Parking } from '../process/parking/parking.js';
import { type BatchFolder } from './batch-folder.js';
import { Interrupted, orInterrupt } from './interrupted.js';
import { liveBuild, parkingConsumer, type Projection } from './projection.js';

export interface RunProjectionPorts extends Pick<Ports, 'feed' | 'readModels' | 'clock' | 'log' | 'metrics'> {
  readonly parkedStreams?: ParkedStreams;
}

/** What keeps a projection from going on; it tries again by itself. */
export interface Trouble {
  /** Epoch milliseconds. */
  readonly since: number;
  readonly reason: string;
  /** Of the first event that could not be folded. */
  readonly position: Position;
  /** True: the fold itself threw, and will until it is mended. False: an engine is away. */
  readonly stuck: boolean;
}

export interface RunningProjection {
  readonly checkpoint: () => Position;
  readonly trouble: () => Trouble | null;
  /** Resolves when another writer moved the build's checkpoint (or dropped the build): whoever runs it looks again. */
  readonly moved: Promise<void>;
  /** Resolves when the batch being folded is written. */
  readonly stop: () => Promise<void>;
}

/**
 * Keeps one build up to date from `from`, its checkpoint, on: each batch is folded in memory and written in one step.
 * A fold that throws is logged, counted and tried again with the feed's back-off; `trouble` tells.
 */
export const runProjection =
  ({ feed, readModels, clock, log, metrics, parkedStreams }: RunProjectionPorts) =>
  (projection: Projection, build: Build, from: Position): RunningProjection => {
    const labels = { view: projection.name };
    let checkpoint = from;
    let trouble: Trouble | null = null;
    let parking: Parking | undefined;
    let folder: BatchFolder | null = null;
    /** After a failure a new folder is made, because the old one holds changes that were never written. */
    const folding = async (): Promise<BatchFolder> => {
      parking ??= await parkedStreams?.open(parkingConsumer(projection)).catch(() => {
        throw new Interrupted('EventStoreUnavailable');
      });
      return (folder ??= projection.folderFor(build, readModels, parking));
    };
    let isMoved = false;
    let tellMoved = (): void => undefined;
    const moved = new Promise<void>((resolve) => {
      tellMoved = () => {
        isMoved = true;
        resolve();
      };
    });

    /** A build that was dropped stands at the beginning again: there alone, the checkpoint would not tell. */
    const mustBeLive = async (): Promise<void> => {
      const live = liveBuild(projection, await orInterrupt(readModels.builds(projection.name)));
      if (O.isNone(live) || live.value.build !== build.build) throw new Interrupted('CheckpointMoved');
    };

    const project = async (batch: FeedBatch): Promise<void> => {
      // A batch may come again after its write was acknowledged late: what is at or below the checkpoint is in.
      const events =
        (batch.events[0]?.position ?? batch.position) > checkpoint
          ? batch.events
          : batch.events.filter(({ position }) => position > checkpoint);
      const writes = await (await folding()).fold(events);
      const first = checkpoint === BEGINNING;
      if (first) await mustBeLive();
      await orInterrupt(readModels.write(build, writes, { from: checkpoint, to: batch.position }));
      if (first) await mustBeLive();
      checkpoint = batch.position;
      metrics.gauge('projection_checkpoint', checkpoint, labels);
      if (events.length > 0) metrics.count('projection_events_total', labels, events.length);
    };

    const failed = (error: unknown, batch: FeedBatch): void => {
      const stuck = !(error instanceof Interrupted);
      const first = trouble === null || trouble.stuck !== stuck;
      trouble = {
        since: trouble?.since ?? clock.now(),
        reason: error instanceof Error ? error.message : String(error),
        position: batch.events[0]?.position ?? batch.position,
        stuck,
      };
      metrics.count('projection_failures_total', labels);
      metrics.gauge('projection_stuck', stuck ? 1 : 0, labels);
      const fields = { ...labels, build: build.build, ...trouble, err: error };
      if (stuck) log.error(fields, 'A projection is stuck: its fold throws');
      else if (first) log.warn(fields, 'A projection waits for an engine');
    };

    /** Also what was told of an earlier build. */
    const noTrouble = (): void => {
      trouble = null;
      metrics.gauge('projection_stuck', 0, labels);
    };

    const handle = async (batch: FeedBatch): Promise<void> => {
      if (isMoved || batch.position <= checkpoint) return;
      // Nothing for this view, and more to come: the position is written with what comes.
      if (batch.events.length === 0 && !batch.caughtUp) return;
      try {
        await project(batch);
      } catch (error) {
        if (error instanceof Interrupted && error.why === 'CheckpointMoved') return tellMoved();
        folder = null;
        failed(error, batch);
        throw error;
      }
      if (trouble === null) return;
      noTrouble();
      log.info(labels, 'A projection goes on');
    };

    noTrouble();
    const subscription = feed.subscribe(from, handle, { streamPrefixes: projection.streamPrefixes });
    return {
      checkpoint: () => checkpoint,
      trouble: () => trouble,
      moved,
      stop: () => subscription.stop().finally(noTrouble),
    };
  };
