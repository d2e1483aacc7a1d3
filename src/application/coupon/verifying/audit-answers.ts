import { either as E } from 'fp-ts';
import { REJECTIONS_KEPT_SECONDS } from '../../handling/rejected-requests.js';
import { COUPON_ISSUE_REQUESTS } from '../../messaging/topics.js';
import { type LoggedMessage, type MessageLog, type PartitionLag } from '../../ports/message-log.js';
import { couponMessage, type CouponMessage } from '../coupon-messages.js';
import { type EventAudit } from './audit-events.js';
import { type Check, rule } from './check.js';

const PAGE = 1_000;

const isFromEvent = ({ eventType }: CouponMessage): boolean =>
  eventType === 'COUPON_SALE_OPENED' || eventType === 'COUPON_SALE_CLOSED';

/** Whose request a message is, and 'Nobody' when it only tells of an event: from its body, or where that cannot be read, from its headers. */
const requestOf = ({
  value,
  headers,
}: LoggedMessage): { userId: string | null; requestId: string } | 'Nobody' | null => {
  try {
    const message = couponMessage.safeParse(JSON.parse(value));
    if (message.success && isFromEvent(message.data)) return 'Nobody';
    if (message.success)
      return { userId: 'userId' in message.data ? message.data.userId : null, requestId: message.data.requestId };
  } catch {
    // No JSON: the headers have to do.
  }
  const requestId = headers['request-id'];
  return requestId === undefined ? null : { userId: null, requestId };
};

/**
 * Every message of the coupon that the deciders committed has its answer in the events. `committed` must have been
 * asked for before the events were read. Null: the log is away.
 */
export const auditAnswers = async (
  log: Pick<MessageLog, 'read'>,
  couponId: string,
  committed: ReadonlyArray<PartitionLag>,
  audit: EventAudit,
  now: number,
  onProgress: (messages: number) => void,
): Promise<Check | null> => {
  const answered = rule('every accepted request is answered');
  let requests = 0;
  let read = 0;
  let anonymous = 0;
  let expired = 0;
  const see = (message: LoggedMessage): void => {
    const request = requestOf(message);
    if (request === 'Nobody') return;
    if (request === null) return void anonymous++;
    requests++;
    if (audit.isAnswered(request.userId, request.requestId)) return;
    // Rejections are kept as long as the log promises to keep requests; the log may keep them longer.
    if (message.loggedAt < now - REJECTIONS_KEPT_SECONDS * 1_000) return void expired++;
    answered.offend(
      () => `${request.requestId} of ${request.userId ?? 'an operator'}, at ${message.partition}@${message.offset}`,
    );
  };
  for (const { partition, committed: end } of committed)
    for (let offset = 0; offset < end;) {
      const page = await log.read({ topic: COUPON_ISSUE_REQUESTS, partition, offset }, PAGE)();
      if (E.isLeft(page)) return null;
      const last = page.right.at(-1);
      if (last === undefined) break;
      for (const message of page.right) if (message.offset < end && message.key === couponId) see(message);
      offset = last.offset + 1;
      onProgress((read += page.right.length));
    }
  const asides = [
    ...(anonymous > 0 ? [`${anonymous} without any request id`] : []),
    ...(expired > 0 ? [`${expired} too old to tell`] : []),
  ];
  return answered.check([`${requests} requests in the log`, ...asides].join(', '));
};
