import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type EventFeed } from '../ports/event-feed.js';
import { type ReadModels } from '../ports/read-models.js';
import { awaitCheckpoint } from '../kernel/projection/await-checkpoint.js';
import { type View } from '../kernel/projection/view.js';

export interface SettledReadPorts {
  readonly readModels: ReadModels;
  readonly feed: Pick<EventFeed, 'head'>;
  readonly clock: Clock;
}

/** A view follows within milliseconds; who waits longer is better told to come again. */
const WAIT_MS = 2_000;

/**
 * Reads again once the view has seen everything recorded until now. What a gate no longer holds as pending was decided
 * before it was asked, so what is not found then was never accepted: "not found" is proved, not assumed.
 */
export const settledRead =
  ({ readModels, feed, clock }: SettledReadPorts) =>
  <A>(
    view: Pick<View<object>, 'name' | 'version'>,
    read: TE.TaskEither<'ReadModelsUnavailable', O.Option<A>>,
    /** 'First': something found is enough. 'Complete': everything recorded until now has to be there. */
    until: 'First' | 'Complete' = 'First',
  ): TE.TaskEither<'Unsettled', O.Option<A>> =>
  async () => {
    const head = await feed.head()();
    // Most often it was decided between two looks and is visible by now.
    const soon = until === 'First' ? await read() : E.right(O.none);
    if (E.isRight(soon) && O.isSome(soon.right)) return soon;
    if (E.isLeft(head)) return E.left('Unsettled');
    const settled = await awaitCheckpoint({ readModels, clock })({ view, position: head.right, waitMs: WAIT_MS })();
    if (E.isLeft(settled) || !settled.right) return E.left('Unsettled');
    const answer = await read();
    return E.isLeft(answer) ? E.left('Unsettled') : answer;
  };
