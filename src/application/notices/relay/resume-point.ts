import { either as E, type taskEither as TE } from 'fp-ts';
import { BEGINNING, type Position } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type LoggedMessage, type MessageLog } from '../../ports/message-log.js';

/** On every message the relay sends: everything up to this position was told before it. */
export const TOLD_BEFORE = 'told-before';

const toldBefore = ({ headers }: LoggedMessage): Position => {
  const position = Number(headers[TOLD_BEFORE] ?? BEGINNING);
  return Number.isSafeInteger(position) ? position : BEGINNING;
};

/** No group of this name reads: it only stands for "whoever asks where the partitions end". */
const NOBODY = 'relay';

/**
 * From where on the outside has perhaps not been told, as the log itself shows: for a relay whose checkpoint was lost with
 * everything else that was kept beside it. Without it a lost checkpoint would tell the outside all of history again.
 */
export const resumePoint =
  (
    { log, feed }: { readonly log: MessageLog; readonly feed: EventFeed },
    topics: ReadonlyArray<string>,
  ): TE.TaskEither<'LogUnavailable' | 'EventStoreUnavailable', Position> =>
  async () => {
    let told = BEGINNING;
    for (const topic of topics) {
      const partitions = await log.lag(topic, NOBODY)();
      if (E.isLeft(partitions)) return partitions;
      for (const { partition, head } of partitions.right) {
        if (head === 0) continue;
        const last = await log.read({ topic, partition, offset: head - 1 }, 1)();
        if (E.isLeft(last)) return last;
        told = last.right.map(toldBefore).reduce((most, each) => Math.max(most, each), told);
      }
    }
    const head = await feed.head()();
    if (E.isLeft(head)) return head;
    // A log that knows more than the store was written from another store.
    return E.right(told > head.right ? BEGINNING : told);
  };
