import { type CouponEvent, type CouponIssued } from '../../../domain/coupon/events.js';
import { contentOf, type CouponOperation, type OperatedEvent, operationOf } from '../../../domain/coupon/operation.js';
import { scopeOf } from '../../../domain/coupon/request-scope.js';
import { answering, askerOf, askerOfWithdrawn } from '../../../domain/coupon-rejections/coupon-rejections.js';
import { type CouponRejectionEvent } from '../../../domain/coupon-rejections/events.js';
import { type IdentifiedRequest } from '../../../domain/coupon-rejections/settle-request.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type Check, rule } from '../../kernel/audit/check.js';

/** What the events of a coupon say, and whether they obey its rules. A million holders are one map. */
export interface EventAudit {
  readonly see: (recorded: RecordedEvent<CouponEvent>) => void;
  readonly seeRejection: (recorded: RecordedEvent<CouponRejectionEvent>) => void;
  /** What this request was answered: by itself, as one that used an operator's id for something else, or not at all. */
  readonly answerTo: (request: IdentifiedRequest) => 'Answered' | 'IdReused' | 'Unanswered';
  readonly issued: () => number;
  readonly rejected: () => number;
  readonly quantity: () => number;
  readonly checks: () => ReadonlyArray<Check>;
}

interface Held {
  readonly requestId: string;
  readonly position: number;
}

export const auditEvents = (): EventAudit => {
  const created = rule('the coupon was created before anything else happened to it');
  const within = rule('issued never exceeds the quantity, at any moment');
  const onePerUser = rule('one per user');
  const gapless = rule('places are 1, 2, 3 … without gaps');
  const whileOpen = rule('issued only while its event was open');
  const inOrder = rule('issued in the order of acceptance');
  const answeredOnce = rule('no request is both issued and rejected');

  const holders = new Map<string, Held>();
  /** By scope, with what was asked, where it is known. */
  const rejections = new Map<string, CouponOperation | undefined>();
  /** Issued and rejected, by scope; unless the rejection was withdrawn. */
  const refused = new Map<string, string>();
  const operations = new Map<string, CouponOperation>();
  const lastOffsets = new Map<string, number>();
  let quantity = 0;
  let issued = 0;
  let isCreated = false;
  let isOnSale = true;

  const seeIssue = (
    { userId, requestId, place }: CouponIssued,
    { metadata: { source }, position }: RecordedEvent,
  ): void => {
    issued++;
    if (issued > quantity) within.offend(() => `${userId} got number ${issued} of ${quantity}`);
    if (holders.has(userId))
      onePerUser.offend(() => `${userId} got one for ${holders.get(userId)?.requestId} and for ${requestId}`);
    if (!isOnSale) whileOpen.offend(() => `${userId} got number ${issued} while the event was not open`);
    if (place !== issued) gapless.offend(() => `${userId} got place ${place} as number ${issued}`);
    holders.set(userId, { requestId, position });
    if (source === undefined) return;
    const partition = `${source.topic}/${source.partition}`;
    const before = lastOffsets.get(partition) ?? -1;
    if (source.offset <= before)
      inOrder.offend(
        () => `place ${place} was accepted at ${partition}@${source.offset}, after one accepted at ${before}`,
      );
    lastOffsets.set(partition, Math.max(before, source.offset));
  };

  const operated = (event: OperatedEvent): void =>
    void operations.set(scopeOf({ asks: 'OPERATION', actor: event.actor }, event.requestId), operationOf(event));

  /** Only its own answer counts: that of another kind of request, or of another caller, is none. */
  const answerTo: EventAudit['answerTo'] = ({ asker, requestId, operation }) => {
    if (asker.asks === 'ISSUE' && holders.get(asker.userId)?.requestId === requestId) return 'Answered';
    const scope = answering(asker)
      .map((each) => scopeOf(each, requestId))
      .find((each) => operations.has(each) || rejections.has(each));
    if (scope === undefined) return 'Unanswered';
    const asked = operations.get(scope) ?? rejections.get(scope);
    return operation !== undefined && asked !== undefined && contentOf(asked) !== contentOf(operation)
      ? 'IdReused'
      : 'Answered';
  };

  return {
    see: (recorded) => {
      const { event } = recorded;
      if (!isCreated && event.type !== 'CouponCreated') created.offend(() => `${event.type} came first`);
      switch (event.type) {
        case 'CouponCreated':
          if (isCreated) created.offend(() => 'It was created twice');
          isCreated = true;
          quantity = event.quantity;
          isOnSale = event.eventId === null;
          return;
        case 'CouponIssued':
          return seeIssue(event, recorded);
        case 'CouponQuantityChanged':
          if (event.quantity < issued)
            within.offend(() => `the quantity was set to ${event.quantity} with ${issued} issued`);
          quantity = event.quantity;
          return operated(event);
        case 'CouponPaused':
        case 'CouponResumed':
        case 'CouponTermsChanged':
          return operated(event);
        case 'CouponSaleOpened':
        case 'CouponSaleClosed':
          isOnSale = event.type === 'CouponSaleOpened';
      }
    },
    seeRejection: ({ event, position }) => {
      if (event.type === 'CouponRejectionWithdrawn') {
        const scope = scopeOf(askerOfWithdrawn(event), event.requestId);
        rejections.delete(scope);
        return void refused.delete(scope);
      }
      const { userId, requestId, code, operation } = event;
      const scope = scopeOf(askerOf(event), requestId);
      rejections.set(scope, operation);
      const held = userId === null ? undefined : holders.get(userId);
      if (held?.requestId !== requestId) return;
      // Given up because it had not arrived, it may have been asked again.
      if (code !== 'ABANDONED' || position > held.position)
        refused.set(scope, `${requestId} of ${userId} was issued, and rejected with ${code}`);
    },
    answerTo,
    issued: () => issued,
    rejected: () => rejections.size,
    quantity: () => quantity,
    checks: () => {
      for (const offence of refused.values()) answeredOnce.offend(() => offence);
      return [
        created.check(isCreated ? 'created' : 'there are only rejections'),
        within.check(`${issued} of ${quantity}`),
        onePerUser.check(`${holders.size} users`),
        gapless.check(issued === 0 ? 'none issued' : `1 to ${issued}`),
        whileOpen.check(isOnSale ? 'on sale' : 'not on sale'),
        inOrder.check(`${issued} issued from ${lastOffsets.size} partition(s) of the log`),
        answeredOnce.check(`${issued} issued, ${rejections.size} rejected`),
      ];
    },
  };
};
