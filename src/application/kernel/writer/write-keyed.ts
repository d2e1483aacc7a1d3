import { either as E, type taskEither as TE } from 'fp-ts';
import {
  type AppendError,
  type EventStore,
  type EventToAppend,
  NO_STREAM,
  type Revision,
} from '../../ports/event-store.js';
import { type PublishError } from '../../ports/message-log.js';
import { type LastEvent, type Loaded } from './aggregate.js';
import { appendSurely } from './append-surely.js';
import { type HeldKeyed } from './held-keyed.js';
import { groupsInAppends } from './in-appends.js';
import { REJECTIONS_KEPT_SECONDS } from './rejected-requests.js';
import { setAsideMessages, type SetAsidePorts } from './set-aside.js';
import { type SettledKeyed } from './settle-keyed.js';

export interface WriteKeyedPorts extends SetAsidePorts {
  readonly eventStore: EventStore;
}

export type WriteKeyedError = AppendError | PublishError;

const wholeGroups =
  (eventStore: EventStore) =>
  (
    streamId: string,
    expected: Revision,
    groups: ReadonlyArray<ReadonlyArray<EventToAppend>>,
  ): TE.TaskEither<AppendError, Revision> =>
  async () => {
    let revision = expected;
    for (const piece of groupsInAppends(groups)) {
      const appended = await appendSurely(eventStore)(streamId, revision, piece)();
      if (E.isLeft(appended)) return appended;
      revision = appended.right.revision;
    }
    return E.right(revision);
  };

const moved = <State>(
  before: Loaded<State>,
  state: State,
  revision: Revision,
  written: EventToAppend | undefined,
  now: number,
): Loaded<State> => {
  const last: LastEvent | undefined =
    written === undefined ? before.last : { source: written.metadata.source, recordedAt: now };
  const { last: _, position: __, ...rest } = before;
  return { ...rest, state, revision, ...(last !== undefined && { last }) };
};

/**
 * Dead letters, then rejections, then events; answers what is held from now on. No append ends in the middle of a
 * message's events. Anything but a right may have written a part; deciding the same messages again completes it.
 */
export const writeKeyed =
  (ports: WriteKeyedPorts) =>
  <State>(
    streams: { readonly events: string; readonly rejections: string },
    held: HeldKeyed<State>,
    { state, granted, rejected, setAside }: SettledKeyed<State>,
  ): TE.TaskEither<WriteKeyedError, HeldKeyed<State>> =>
  async () => {
    const { eventStore, clock } = ports;
    const published = await setAsideMessages(ports)(setAside)();
    if (E.isLeft(published)) return published;
    if (rejected.length > 0 && held.rejections.revision === NO_STREAM) {
      const limited = await eventStore.keepFor(streams.rejections, REJECTIONS_KEPT_SECONDS)();
      if (E.isLeft(limited)) return limited;
    }
    const refused = await appendSurely(eventStore)(streams.rejections, held.rejections.revision, rejected)();
    if (E.isLeft(refused)) return refused;
    const revision = await wholeGroups(eventStore)(streams.events, held.aggregate.revision, granted)();
    if (E.isLeft(revision)) return revision;
    const now = clock.now();
    return E.right({
      ...held,
      aggregate: moved(held.aggregate, state, revision.right, granted.at(-1)?.at(-1), now),
      rejections: moved(held.rejections, null, refused.right.revision, rejected.at(-1), now),
    });
  };
