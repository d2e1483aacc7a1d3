import { either as E } from 'fp-ts';
import { type Check, rule } from '../../coupon/verifying/check.js';
import { WAITING_TOKEN } from '../../messaging/topics.js';
import { type LoggedMessage, type MessageLog, type PartitionLag } from '../../ports/message-log.js';
import { waitingMessage } from '../waiting-messages.js';

const PAGE = 1_000;

const joinerOf = ({ value }: LoggedMessage): { readonly userId: string; readonly requestId: string } | null => {
  try {
    const { data } = waitingMessage.safeParse(JSON.parse(value));
    return data?.eventType === 'CREATE_TOKEN' ? data : null;
  } catch {
    return null;
  }
};

/**
 * Whoever asked to join, as far as the writer has committed, got a place or was told why not. `committed` must have been
 * asked for before the events were read. Null: the log is away.
 */
export const auditJoins = async (
  log: Pick<MessageLog, 'read'>,
  scheduleId: string,
  committed: ReadonlyArray<PartitionLag>,
  isAnswered: (userId: string, requestId: string) => boolean,
  onProgress: (messages: number) => void,
): Promise<Check | null> => {
  const answered = rule('everybody who asked to join got a place');
  let [asked, read] = [0, 0];
  for (const { partition, committed: end } of committed)
    for (let offset = 0; offset < end;) {
      const page = await log.read({ topic: WAITING_TOKEN, partition, offset }, PAGE)();
      if (E.isLeft(page)) return null;
      const last = page.right.at(-1);
      if (last === undefined) break;
      for (const message of page.right) {
        const joiner = message.offset < end && message.key === scheduleId ? joinerOf(message) : null;
        if (joiner === null) continue;
        asked++;
        if (!isAnswered(joiner.userId, joiner.requestId))
          answered.offend(() => `${joiner.userId}, at ${partition}@${message.offset}`);
      }
      offset = last.offset + 1;
      onProgress((read += page.right.length));
    }
  return answered.check(`${asked} asked`);
};
