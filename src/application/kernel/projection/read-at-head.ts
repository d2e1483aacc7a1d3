import { either as E, type taskEither as TE } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { parkingAggregate, parkingStream } from '../process/parking/parking-aggregate.js';
import { sharedNext } from '../shared-next.js';
import { type LoadAggregatePorts, readAggregate, whenUnreadable } from '../writer/load-aggregate.js';
import { awaitCheckpoint, type AwaitCheckpointPorts } from './await-checkpoint.js';
import { parkingConsumer } from './projection.js';
import { type View } from './view.js';

export interface ReadAtHeadPorts extends AwaitCheckpointPorts, LoadAggregatePorts {
  readonly feed: Pick<EventFeed, 'head'>;
}

export interface ReadAtHead<A> {
  /** Whether an answer is final whatever comes after it. */
  readonly isEnough?: (answer: A) => boolean;
  /** Whether this stream may hold what an answer lacks. Default: each may, of those that the view folds. */
  readonly mayLack?: (streamId: string, answer: A) => boolean;
}

/** A view follows within milliseconds; after this the caller should try again later. */
const WAIT_MS = 2_000;

/** The streams that a view passes over, if nothing was parked and nothing released since `head`; else, and while nobody can tell, null. */
const passedOver = (
  ports: LoadAggregatePorts,
): ((view: { readonly name: string }, head: Position) => Promise<ReadonlyArray<string> | null>) => {
  const load = readAggregate(ports);
  const parkedBy = (consumer: string) =>
    load(parkingAggregate, parkingStream(consumer))().catch(
      whenUnreadable(() => E.left('EventStoreUnavailable' as const)),
    );
  const asked = new Map<string, () => ReturnType<typeof parkedBy>>();
  return async (view, head) => {
    const consumer = parkingConsumer(view);
    const ask = asked.get(consumer) ?? sharedNext(() => parkedBy(consumer));
    asked.set(consumer, ask);
    const parked = await ask();
    if (E.isLeft(parked)) return null;
    const { state, position = head } = parked.right;
    return position > head ? null : [...state.keys()];
  };
};

/**
 * Reads a view once it has seen everything recorded until now, so that what is not found does not exist. 'NotYetVisible': the view
 * is too far behind, or passes over a stream that may hold what the answer lacks. Make it once: what many ask at the same time is read once.
 */
export const readAtHead = ({ readModels, feed, clock, ...loading }: ReadAtHeadPorts) => {
  const parkedBy = passedOver(loading);
  return <A>(
      view: Pick<View<object>, 'name' | 'version'>,
      read: TE.TaskEither<'ReadModelsUnavailable', A>,
      { isEnough, mayLack = () => true }: ReadAtHead<A> = {},
    ): TE.TaskEither<'NotYetVisible', A> =>
    async () => {
      const head = await feed.head()();
      // Usually the view has caught up meanwhile.
      const soon = isEnough && (await read());
      if (soon !== undefined && E.isRight(soon) && isEnough?.(soon.right) === true) return soon;
      if (E.isLeft(head)) return E.left('NotYetVisible');
      const seen = await awaitCheckpoint({ readModels, clock })({ view, position: head.right, waitMs: WAIT_MS })();
      if (E.isLeft(seen) || !seen.right) return E.left('NotYetVisible');
      const found = await read();
      if (E.isLeft(found)) return E.left('NotYetVisible');
      if (isEnough?.(found.right) === true) return found;
      const parked = await parkedBy(view, head.right);
      const isWhole = parked !== null && !parked.some((streamId) => mayLack(streamId, found.right));
      return isWhole ? found : E.left('NotYetVisible');
    };
};
