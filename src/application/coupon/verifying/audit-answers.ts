import { either as E } from 'fp-ts';
import { type Asker } from '../../../domain/coupon/request-scope.js';
import { type IdentifiedRequest, requestOf } from '../../../domain/coupon-rejections/settle-request.js';
import { REJECTIONS_KEPT_SECONDS } from '../../kernel/writer/rejected-requests.js';
import { COUPON_ISSUE_REQUESTS } from '../../kernel/messaging/topics.js';
import { type LoggedMessage, type MessageLog, type PartitionLag } from '../../ports/message-log.js';
import { readCouponMessage } from '../read-coupon-message.js';
import { requestInHeaders } from '../coupon-request-message.js';
import { type EventAudit } from './audit-events.js';
import { type Check, rule } from '../../kernel/audit/check.js';

const PAGE = 1_000;

const nameOf = (asker: Asker): string => {
  switch (asker.asks) {
    case 'ISSUE':
      return asker.userId;
    case 'OPERATION':
      return `the operator ${asker.actor}`;
    case 'UNKNOWN':
      return 'nobody knows whom';
  }
};

/** Whose request a message is; 'Nobody' when it only tells of an event, null when neither body nor headers say. */
const requestIn = (message: LoggedMessage): IdentifiedRequest | 'Nobody' | null => {
  const order = readCouponMessage(message);
  if (E.isRight(order)) return requestOf(order.right) ?? 'Nobody';
  return requestInHeaders(message);
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
  let reused = 0;
  const see = (message: LoggedMessage): void => {
    const request = requestIn(message);
    if (request === 'Nobody') return;
    if (request === null) return void anonymous++;
    requests++;
    const answer = audit.answerTo(request);
    if (answer === 'IdReused') reused++;
    if (answer !== 'Unanswered') return;
    // Rejections are kept as long as the log promises to keep requests; the log may keep them longer.
    if (message.loggedAt < now - REJECTIONS_KEPT_SECONDS * 1_000) return void expired++;
    answered.offend(
      () => `${request.requestId} of ${nameOf(request.asker)}, at ${message.partition}@${message.offset}`,
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
    ...(reused > 0 ? [`${reused} under an id used before for something else`] : []),
    ...(expired > 0 ? [`${expired} too old to tell`] : []),
  ];
  return answered.check([`${requests} requests in the log`, ...asides].join(', '));
};
