import { either as E, type taskEither as TE } from 'fp-ts';
import { type EventFeed } from '../../ports/event-feed.js';
import { awaitCheckpoint, type AwaitCheckpointPorts } from './await-checkpoint.js';
import { type View } from './view.js';

export interface ReadAtHeadPorts extends AwaitCheckpointPorts {
  readonly feed: Pick<EventFeed, 'head'>;
}

/** A view follows within milliseconds; after this the caller should try again later. */
const WAIT_MS = 2_000;

/**
 * Reads a view once it has seen everything recorded until now, so that what is not found does not exist. `isEnough`: an
 * answer that is final whatever comes after it. 'NotYetVisible': the view is too far behind.
 */
export const readAtHead =
  ({ readModels, feed, clock }: ReadAtHeadPorts) =>
  <A>(
    view: Pick<View<object>, 'name' | 'version'>,
    read: TE.TaskEither<'ReadModelsUnavailable', A>,
    isEnough?: (answer: A) => boolean,
  ): TE.TaskEither<'NotYetVisible', A> =>
  async () => {
    const head = await feed.head()();
    // Usually the view has caught up meanwhile.
    const soon = isEnough && (await read());
    if (soon !== undefined && E.isRight(soon) && isEnough?.(soon.right) === true) return soon;
    if (E.isLeft(head)) return E.left('NotYetVisible');
    const seen = await awaitCheckpoint({ readModels, clock })({ view, position: head.right, waitMs: WAIT_MS })();
    if (E.isLeft(seen) || !seen.right) return E.left('NotYetVisible');
    return E.mapLeft(() => 'NotYetVisible' as const)(await read());
  };
