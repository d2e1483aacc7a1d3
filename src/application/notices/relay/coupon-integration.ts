import { z } from 'zod';
import { type CouponEvent } from '../../../domain/coupon/events.js';
import { type CouponRequestRejected } from '../../../domain/coupon-rejections/events.js';
import { challengePolicy } from '../../kernel/challenge/challenge-policy.js';
import { iso, isoOrNull } from '../../kernel/iso.js';
import { COUPON_EVENTS } from '../../kernel/messaging/topics.js';
import { integrationMessage, type IntegrationEvent } from './integration-event.js';

const result = {
  requestId: z.string(),
  couponId: z.string(),
  userId: z.string(),
  status: z.enum(['SUCCESS', 'FAILED', 'ALREADY_ISSUED', 'OUT_OF_STOCK']),
  processedAt: z.iso.datetime(),
};
const tiedTo = z.string().describe('The event of the shop: `eventId`, as on every message, is the id of the message.');
const operated = { couponId: z.string(), actor: z.string(), reason: z.string() };

export const couponMessages = {
  created: integrationMessage(COUPON_EVENTS, 'COUPON_CREATED', {
    couponId: z.string(),
    name: z.string(),
    quantity: z.int(),
  }),
  issued: integrationMessage(COUPON_EVENTS, 'COUPON_ISSUED', { ...result, place: z.int() }),
  rejected: integrationMessage(COUPON_EVENTS, 'COUPON_REJECTED', {
    ...result,
    userId: z.string().nullable(),
    code: z.string(),
  }),
  paused: integrationMessage(COUPON_EVENTS, 'COUPON_PAUSED', operated),
  resumed: integrationMessage(COUPON_EVENTS, 'COUPON_RESUMED', operated),
  quantityChanged: integrationMessage(COUPON_EVENTS, 'COUPON_QUANTITY_CHANGED', { ...operated, quantity: z.int() }),
  termsChanged: integrationMessage(COUPON_EVENTS, 'COUPON_TERMS_CHANGED', {
    ...operated,
    name: z.string().optional(),
    closesAt: z.iso.datetime().nullable().optional(),
    usableUntil: z.iso.datetime().nullable().optional(),
    challenge: challengePolicy.optional(),
  }),
  saleOpened: integrationMessage(COUPON_EVENTS, 'COUPON_SALE_OPENED', { couponId: z.string(), tiedTo }),
  saleClosed: integrationMessage(COUPON_EVENTS, 'COUPON_SALE_CLOSED', { couponId: z.string(), tiedTo }),
};

export const couponIntegration = (event: CouponEvent): IntegrationEvent => {
  const { couponId } = event;
  switch (event.type) {
    case 'CouponCreated':
      return couponMessages.created.of(couponId, { couponId, name: event.name, quantity: event.quantity });
    case 'CouponIssued': {
      const { requestId, userId, place, at } = event;
      return couponMessages.issued.of(couponId, {
        requestId,
        couponId,
        userId,
        status: 'SUCCESS',
        place,
        processedAt: iso(at),
      });
    }
    case 'CouponPaused':
      return couponMessages.paused.of(couponId, event);
    case 'CouponResumed':
      return couponMessages.resumed.of(couponId, event);
    case 'CouponQuantityChanged':
      return couponMessages.quantityChanged.of(couponId, event);
    case 'CouponTermsChanged': {
      const { actor, reason, name, closesAt, usableUntil, challenge } = event;
      return couponMessages.termsChanged.of(couponId, {
        couponId,
        actor,
        reason,
        ...(name !== undefined && { name }),
        ...(closesAt !== undefined && { closesAt: isoOrNull(closesAt) }),
        ...(usableUntil !== undefined && { usableUntil: isoOrNull(usableUntil) }),
        ...(challenge !== undefined && { challenge }),
      });
    }
    case 'CouponSaleOpened':
      return couponMessages.saleOpened.of(couponId, { couponId, tiedTo: event.eventId });
    case 'CouponSaleClosed':
      return couponMessages.saleClosed.of(couponId, { couponId, tiedTo: event.eventId });
  }
};

const statusOf = (code: CouponRequestRejected['code']) =>
  code === 'ALREADY_ISSUED' || code === 'OUT_OF_STOCK' ? code : 'FAILED';

export const rejectionIntegration = ({
  couponId,
  userId,
  requestId,
  code,
  at,
}: CouponRequestRejected): IntegrationEvent =>
  couponMessages.rejected.of(couponId, {
    requestId,
    couponId,
    userId,
    status: statusOf(code),
    code,
    processedAt: iso(at),
  });
