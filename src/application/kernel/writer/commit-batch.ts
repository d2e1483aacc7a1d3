import { either as E, type taskEither as TE } from 'fp-ts';
import { type AppendError, type EventBody, type EventToAppend, NO_STREAM } from '../../ports/event-store.js';
import { type PublishError } from '../../ports/message-log.js';
import { type Loaded } from './aggregate.js';
import { type Remembered } from './aggregate-cache.js';
import { appendSurely } from './append-surely.js';
import { type Decided } from './decide-batch.js';
import { REJECTIONS_KEPT_SECONDS } from './rejected-requests.js';
import { setAsideMessages, type SetAsidePorts } from './dead-letter-message.js';
import { type Ports } from '../../ports/ports.js';

export type CommitBatchPorts = SetAsidePorts & Pick<Ports, 'eventStore'>;

export type CommitBatchError = AppendError | PublishError;

const moved = <State>(
  { last: before, snapshotRevision }: Loaded<State>,
  { state, revision }: Pick<Loaded<State>, 'state' | 'revision'>,
  written: EventToAppend | undefined,
  recordedAt: number,
): Loaded<State> => {
  const last = written === undefined ? before : { source: written.metadata.source, recordedAt };
  return { state, revision, snapshotRevision, ...(last !== undefined && { last }) };
};

/**
 * Writes the decisions about one key; answers what is to be remembered of it. The order is: dead letters, rejections, events,
 * confirmations. It matters: a dead letter whose answer is recorded is never written again; a reader that loads the aggregate and
 * then its rejections finds every rejection decided before that state; and a caller who is told that nothing more happened can see
 * what did happen. If it fails, a part may have been written. Deciding the same messages again completes it, except for
 * confirmations of messages before an event that was written: their callers ask again.
 */
export const commitBatch =
  (ports: CommitBatchPorts) =>
  <State, Event extends EventBody, Rejections, Rejection extends EventBody>(
    streams: { readonly events: string; readonly rejections: string },
    before: Remembered<State, Rejections>,
    { state, rejections, granted, rejected, confirmed, setAside }: Decided<State, Event, Rejections, Rejection>,
  ): TE.TaskEither<CommitBatchError, Remembered<State, Rejections>> =>
  async () => {
    const { eventStore, clock } = ports;
    const append = appendSurely(eventStore);
    const published = await setAsideMessages(ports)(setAside)();
    if (E.isLeft(published)) return published;
    if (rejected.length + confirmed.length > 0 && before.rejections.revision === NO_STREAM) {
      const limited = await eventStore.keepFor(streams.rejections, REJECTIONS_KEPT_SECONDS)();
      if (E.isLeft(limited)) return limited;
    }
    const refused = await append(streams.rejections, before.rejections.revision, rejected)();
    if (E.isLeft(refused)) return refused;
    const written = await append(streams.events, before.aggregate.revision, granted)();
    if (E.isLeft(written)) return written;
    const told = await append(streams.rejections, refused.right.revision, confirmed)();
    if (E.isLeft(told)) return told;
    const now = clock.now();
    return E.right({
      partition: before.partition,
      aggregate: moved(before.aggregate, { state, revision: written.right.revision }, granted.at(-1), now),
      rejections: moved(
        before.rejections,
        { state: rejections, revision: told.right.revision },
        confirmed.at(-1) ?? rejected.at(-1),
        now,
      ),
    });
  };
