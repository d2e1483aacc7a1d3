import { type Container } from 'inversify';
import { challengeOfCoupon } from '../../application/coupon/challenge-of-coupon.js';
import { couponById } from '../../application/coupon/coupon-by-id.js';
import { couponsOfUser } from '../../application/coupon/coupons-of-user.js';
import { createCoupon } from '../../application/coupon/create-coupon.js';
import { decideCouponRequests } from '../../application/coupon/decide-coupon-requests.js';
import { issueStatus } from '../../application/coupon/issue-status.js';
import { issueStatusOf } from '../../application/coupon/issue-status-of.js';
import { changeQuantity, changeTerms, pauseCoupon, resumeCoupon } from '../../application/coupon/operate-coupon.js';
import { requestCoupon } from '../../application/coupon/request-coupon.js';
import { requestGatedCoupon } from '../../application/coupon/request-gated-coupon.js';
import { remainingOf, unguardedPlaces } from '../../application/coupon/unguarded-places.js';
import { namingTheOpening, openingOfCoupon } from '../../application/coupon/naming-the-opening.js';
import { couponsView } from '../../application/coupon/coupons.js';
import { awaitVisibleIn } from '../../application/kernel/projection/await-visible.js';
import { measuredDecisions, measuredRequests } from '../metrics/measured.js';
import { tracedDecisions } from '../telemetry/traced-decisions.js';
import { eventOfCoupon } from './schedule-of-event.js';
import { boundIn } from './bound-in.js';
import { Tokens as T } from './tokens.js';

/** What becomes of coupons: the calls of HTTP, and the writer. */
export const composeCoupon = (container: Container): void => {
  container
    .bind(T.DecideCouponRequests)
    .toDynamicValue((context) => {
      const {
        eventStore,
        snapshots,
        logger,
        messageLog: log,
        clock,
        snapshotKeeper,
        metrics,
        parkedStreams,
        config: { COUPONS_IN_MEMORY: mostHeld },
      } = boundIn(context);
      return measuredDecisions(
        tracedDecisions(
          decideCouponRequests({
            eventStore,
            snapshots,
            logger,
            log,
            clock,
            snapshotKeeper,
            metrics,
            parkedStreams,
            mostHeld,
          }),
        ),
        metrics,
        clock,
      );
    })
    .inSingletonScope();

  container
    .bind(T.CouponCalls)
    .toDynamicValue((context) => {
      const {
        eventStore,
        feed,
        snapshots,
        logger,
        requestLog: log,
        gate,
        readModels,
        clock,
        ids,
        issueReceipt,
        metrics,
        requireActive,
        config: { OPERATION_TIMEOUT_MS: waitMs },
      } = boundIn(context);
      const queries = { readModels, clock };
      const statuses = { readModels, clock, feed, gate, messageLog: log };
      const operating = { log, readModels, clock, ids, waitMs };
      const byId = couponById(queries);
      const creating = {
        eventStore,
        snapshots,
        logger,
        clock,
        ids,
        couponById: byId,
        awaitVisible: awaitVisibleIn(queries, waitMs)(couponsView),
      };
      const openingOf = openingOfCoupon(queries);
      const unguarded = unguardedPlaces(remainingOf({ eventStore, logger }), clock);
      return {
        requestCoupon: requestGatedCoupon({
          requestCoupon: measuredRequests(
            namingTheOpening(openingOf)(requestCoupon({ gate, log, clock, ids, issueReceipt, unguarded })),
            metrics,
            clock,
          ),
          eventOfCoupon: eventOfCoupon(eventStore),
          requireActive,
        }),
        createCoupon: createCoupon(creating),
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
    })
    .inSingletonScope();
};
