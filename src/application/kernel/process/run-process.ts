import { either as E } from 'fp-ts';
import { orThrow } from '../or-throw.js';
import { BEGINNING, type Position } from '../../ports/event-store.js';
import { type ReadModelsError } from '../../ports/read-models.js';
import { type KeptCheckpoint } from './kept-checkpoint.js';
import { type Lanes, lanes as newLanes } from './lanes.js';
import { type Park, type ParkingFeedPorts, readable, type ReadableBatch } from './parking-feed.js';
import { type Item, type Process } from './process.js';
import { withTrace } from '../tracing/active-trace.js';
import { type BeginTask } from './while-leading.js';

export interface RunProcessPorts extends ParkingFeedPorts {
  readonly checkpoint: KeptCheckpoint;
}

/** Most events are nothing to act upon: where there were only such, the checkpoint is moved only now and then. */
const MOST_UNWRITTEN = 10_000;

/** Where the process begins. A checkpoint that was lost, with whatever kept it, may be found again elsewhere. */
const begins = async <Work>({ beginsAt }: Process<Work>, checkpoint: KeptCheckpoint): Promise<Position> => {
  const kept = await checkpoint.read();
  if (kept !== BEGINNING || beginsAt === undefined) return kept;
  const found = await beginsAt();
  if (found !== BEGINNING) orThrow(await checkpoint.moveTo(found));
  return found;
};

/**
 * Runs every process that follows events and acts on them. The checkpoint is written while the next batch is acted upon. It is
 * never ahead of what is done, and at most one batch behind; with work by key it stays before the oldest event that is not done.
 * After a crash the rest is acted upon again. Streams that cannot be read are parked. If another process has moved the checkpoint,
 * `overtaken` is called, so that only one of the two goes on.
 */
export const runProcess =
  <Work>({ checkpoint, ...ports }: RunProcessPorts, process: Process<Work>): BeginTask =>
  async (overtaken) => {
    const begun = await begins(process, checkpoint);
    process.onBegin?.();
    const { mostUnwritten = MOST_UNWRITTEN } = process;
    let [taken, done, kept] = [begun, begun, begun];
    /** Up to here there was something to act upon. */
    let acted = begun;
    let isOvertaken = false;
    const stopping = new AbortController();
    const { signal } = stopping;

    const save = async (): Promise<E.Either<ReadModelsError, void>> => {
      const to = Math.min(done, (lanes?.oldest() ?? Infinity) - 1);
      if (isOvertaken || to <= kept || (acted <= kept && to - kept < mostUnwritten)) return E.right(undefined);
      const moved = await checkpoint.moveTo(to);
      if (E.isRight(moved)) kept = to;
      else if (moved.left === 'ReadModelsUnavailable') return E.left(moved.left);
      else {
        isOvertaken = true;
        stopping.abort();
        overtaken();
      }
      return E.right(undefined);
    };
    let saving: ReturnType<typeof save> = Promise.resolve(E.right(undefined));
    /** Work that ends while the checkpoint is being written is covered by the next write, all of it together. */
    let isSaveDue = false;
    const saveAgain = (): void => {
      if (isSaveDue) return;
      isSaveDue = true;
      saving = saving.then(() => {
        isSaveDue = false;
        return save();
      });
    };
    const lanes: Lanes | null = 'drive' in process ? newLanes({ ...process, onDone: saveAgain }) : null;

    const take = async (items: ReadonlyArray<Item<Work>>, park: Park): Promise<void> => {
      if ('act' in process) return process.act(items, { after: done, signal });
      for (const item of items) {
        await lanes?.room();
        const { position, metadata } = item.recorded;
        const driving = { signal, park: (reason: string) => park(item.recorded, reason) };
        const drive = () => withTrace(metadata.traceparent, () => process.drive(item, driving));
        lanes?.add(process.keyOf(item.work), position, drive);
      }
    };
    const handle = async ({ items, position, isReplay, park }: ReadableBatch<Work>): Promise<void> => {
      if (signal.aborted) return;
      // A batch comes again where only its checkpoint could not be written.
      const fresh = isReplay ? items : items.filter(({ recorded }) => recorded.position > taken);
      if (fresh.length > 0) await take(fresh, park);
      taken = Math.max(taken, position);
      if (fresh.length > 0) acted = taken;
      const before = await saving;
      // One write at a time: a second one at the same time would be refused, as if another process had moved the checkpoint.
      if (E.isLeft(before)) orThrow(await (saving = saving.then(save)));
      done = taken;
      saving = saving.then(save);
    };
    const subscription = readable(ports, process).subscribe(begun, handle);
    return {
      position: () => done,
      ...(lanes && { putOff: lanes.putOff }),
      stop: async () => {
        stopping.abort();
        await subscription.stop();
        await lanes?.idle();
        await saving;
      },
    };
  };
