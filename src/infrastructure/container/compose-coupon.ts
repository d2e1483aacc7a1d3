import { type Container } from 'inversify';
import { challengeOfCoupon } from '../../application/coupon/challenge-of-coupon.js';
import { couponById } from '../../application/coupon/coupon-by-id.js';
import { decideCouponRequests } from '../../application/coupon/coupon-writing.js';
import { couponsOfUser } from '../../application/coupon/coupons-of-user.js';
import { couponsView } from '../../application/coupon/coupons.js';
import { createCoupon } from '../../application/coupon/create-coupon.js';
import { issueStatusOf } from '../../application/coupon/issue-status-of.js';
import { issueStatus } from '../../application/coupon/issue-status.js';
import { changeQuantity, changeTerms, pauseCoupon, resumeCoupon } from '../../application/coupon/operate-coupon.js';
import { requestCoupon } from '../../application/coupon/request-coupon.js';
import { requestGatedCoupon } from '../../application/coupon/request-gated-coupon.js';
import { remainingOf, unguardedPlaces } from '../../application/coupon/unguarded-places.js';
import { awaitVisibleIn } from '../../application/kernel/projection/await-visible.js';
import { sharedNext } from '../../application/kernel/shared-next.js';
import { inSpan } from '../../application/kernel/tracing/in-span.js';
import { type WriteBatch } from '../../application/kernel/writer/aggregate-writer.js';
import { openingOfEvent } from '../../application/shop-event/opening-of-event.js';
import { requestsSetAside } from '../../application/operating/dead-letters/requests-set-aside.js';
import { measuredDecisions, measuredRequests } from '../metrics/measured.js';
import { bindOnce } from './bound-in.js';
import { eventOfCoupon } from './schedule-of-event.js';
import { Tokens as T } from './tokens.js';

/** A batch belongs to no single request: it is linked to those it decides. One that decides a single request is a part of its trace. */
const tracedDecisions =
  (decide: WriteBatch): WriteBatch =>
  (batch) => {
    const contexts = batch.messages.map(({ headers }) => headers['traceparent']);
    const [parent] = contexts;
    return inSpan(
      'decide',
      {
        kind: 'consumer',
        ...(contexts.length === 1 && parent !== undefined && { parent }),
        links: contexts,
        attributes: {
          'messaging.destination.name': batch.topic,
          'messaging.destination.partition.id': String(batch.partition),
          'messaging.batch.message_count': batch.messages.length,
        },
      },
      () => decide(batch),
    );
  };

/** What becomes of coupons: the calls of HTTP, and the writer. */
export const composeCoupon = (container: Container): void => {
  bindOnce(container, T.DecideCouponRequests, (bound) => {
    const { eventStore, snapshots, logger, messageLog: log, clock, snapshotKeeper, parkedStreams } = bound;
    const { metrics, config } = bound;
    const deciding = { eventStore, snapshots, logger, log, clock, snapshotKeeper, parkedStreams, metrics };
    const decide = decideCouponRequests({ ...deciding, mostHeld: config.COUPONS_IN_MEMORY });
    return measuredDecisions(tracedDecisions(decide), metrics, clock);
  });

  bindOnce(container, T.CouponCalls, (bound) => {
    const { eventStore, feed, snapshots, logger, requestLog: log, gate, readModels, clock, ids } = bound;
    const { issueReceipt, metrics, requireActive, config } = bound;
    const waitMs = config.OPERATION_TIMEOUT_MS;
    const queries = { readModels, clock };
    const atHead = { eventStore, snapshots, logger, readModels, clock, feed };
    const setAside = sharedNext(requestsSetAside({ ...atHead, messageLog: bound.messageLog }));
    const statuses = { ...atHead, gate, messageLog: log, setAside };
    const operating = { log, readModels, clock, ids, waitMs };
    const byId = couponById(queries);
    const awaitVisible = awaitVisibleIn(queries, waitMs)(couponsView);
    const openingOf = openingOfEvent(queries);
    const unguarded = unguardedPlaces(remainingOf({ eventStore, logger }), clock);
    const request = requestCoupon({ gate, log, clock, ids, issueReceipt, unguarded });
    return {
      requestCoupon: requestGatedCoupon({
        requestCoupon: measuredRequests(request, metrics, clock),
        eventOfCoupon: eventOfCoupon(eventStore),
        requireActive,
        openingOf,
      }),
      createCoupon: createCoupon({ eventStore, snapshots, logger, clock, ids, couponById: byId, awaitVisible }),
      couponById: byId,
      challengeOfCoupon: challengeOfCoupon({ couponById: byId, openingOf, clock }),
      couponsOfUser: couponsOfUser(queries),
      pauseCoupon: pauseCoupon(operating),
      resumeCoupon: resumeCoupon(operating),
      changeQuantity: changeQuantity(operating),
      changeTerms: changeTerms(operating),
      issueStatus: issueStatus(statuses),
      issueStatusOf: issueStatusOf(statuses),
    };
  });
};
