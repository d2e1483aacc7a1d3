import { either as E, type taskEither as TE } from 'fp-ts';
import { type LoggedMessage, type MessageLog } from '../../ports/message-log.js';

export type UndecidedPorts = Pick<MessageLog, 'lag' | 'read'>;

const PAGE = 1_000;

/**
 * Shows, page by page, every message of a topic that its group has not finished with; some of them may be decided by now.
 * A message that was logged before this call and is not shown is durably decided. Ends early once `see` answers false.
 */
export const seeUndecided =
  (log: UndecidedPorts) =>
  <Left>(
    topic: string,
    group: string,
    see: (messages: ReadonlyArray<LoggedMessage>) => Promise<E.Either<Left, boolean>>,
  ): TE.TaskEither<Left | 'LogUnavailable', void> =>
  async () => {
    const partitions = await log.lag(topic, group)();
    if (E.isLeft(partitions)) return partitions;
    for (const { partition, committed, head } of partitions.right)
      for (let offset = committed; offset < head;) {
        const page = await log.read({ topic, partition, offset }, PAGE)();
        if (E.isLeft(page)) return page;
        const last = page.right.at(-1);
        if (last === undefined) break;
        const seen = await see(page.right);
        if (E.isLeft(seen)) return seen;
        if (!seen.right) return E.right(undefined);
        offset = last.offset + 1;
      }
    return E.right(undefined);
  };
