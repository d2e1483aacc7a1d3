import { either as E } from 'fp-ts';
import { type Check, rule } from '../../kernel/audit/check.js';
import { WAITING_TOKEN } from '../../kernel/messaging/topics.js';
import { type LoggedMessage, type MessageLog, type PartitionLag } from '../../ports/message-log.js';
import { completedToken, waitingMessage, type WaitingMessage } from '../waiting-messages.js';

const PAGE = 1_000;

const bodyOf = ({ value }: LoggedMessage): WaitingMessage | null => {
  try {
    return waitingMessage.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
};

/** A visit that was completed, and the message it came from. */
export interface Completion {
  readonly tokenId: string;
  readonly userId: string;
  readonly source: { readonly partition: number; readonly offset: number };
}

/**
 * Whoever asked to join, as far as the writer has committed, got a place or was told why not; and every visit completed is
 * the one its message named. `committed` must have been asked for before the events were read. Null: the log is away.
 */
export const auditRequests = async (
  log: Pick<MessageLog, 'read'>,
  scheduleId: string,
  committed: ReadonlyArray<PartitionLag>,
  isAnswered: (userId: string, requestId: string) => boolean,
  completions: ReadonlyArray<Completion>,
  onProgress: (messages: number) => void,
): Promise<ReadonlyArray<Check> | null> => {
  const answered = rule('everybody who asked to join got a place');
  const named = rule('every visit completed is the one that was named');
  const completed = new Map(completions.map((each) => [`${each.source.partition}@${each.source.offset}`, each]));
  let [asked, read] = [0, 0];
  const see = (message: LoggedMessage): void => {
    const body = bodyOf(message);
    const where = `${message.partition}@${message.offset}`;
    if (body?.eventType === 'TOKEN_COMPLETE') {
      const ended = completed.get(where);
      if (ended !== undefined && ended.tokenId !== completedToken(body))
        named.offend(() => `${ended.tokenId} of ${ended.userId} ended for ${completedToken(body)}, at ${where}`);
    }
    if (body?.eventType !== 'CREATE_TOKEN') return;
    asked++;
    if (!isAnswered(body.userId, body.requestId)) answered.offend(() => `${body.userId}, at ${where}`);
  };
  for (const { partition, committed: end } of committed)
    for (let offset = 0; offset < end;) {
      const page = await log.read({ topic: WAITING_TOKEN, partition, offset }, PAGE)();
      if (E.isLeft(page)) return null;
      const last = page.right.at(-1);
      if (last === undefined) break;
      for (const message of page.right) if (message.offset < end && message.key === scheduleId) see(message);
      offset = last.offset + 1;
      onProgress((read += page.right.length));
    }
  return [answered.check(`${asked} asked`), named.check(`${completions.length} completed`)];
};
