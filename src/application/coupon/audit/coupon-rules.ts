import { type CouponIssued } from '../../../domain/coupon/events.js';
import { type Asker } from '../../../domain/coupon/request-scope.js';
import { type Rule } from '../../kernel/audit/audit.js';
import { answerTo, type CouponFact, type CouponHistory, isTooOldToTell, sourceOf } from './coupon-history.js';

type CouponRule = Rule<CouponHistory, CouponFact>;

/** A rule about who was given one. */
const whenIssued =
  (broken: (issued: CouponIssued, known: CouponHistory) => string | null): CouponRule['broken'] =>
  (fact, known) =>
    fact.of === 'events' && fact.recorded.event.type === 'CouponIssued' ? broken(fact.recorded.event, known) : null;

const createdFirst: CouponRule = {
  name: 'the coupon was created before anything else happened to it',
  kind: 'SEQUENCE_GAP',
  broken: (fact, { isCreated }) => {
    if (fact.of !== 'events') return null;
    const { type } = fact.recorded.event;
    if (type === 'CouponCreated') return isCreated ? 'It was created twice' : null;
    return isCreated ? null : `${type} came first`;
  },
  looked: ({ isCreated }) => (isCreated ? 'created' : 'there are only rejections'),
};

const withinQuantity: CouponRule = {
  name: 'issued never exceeds the quantity, at any moment',
  kind: 'STOCK_MISMATCH',
  broken: (fact, { issued, quantity }) => {
    if (fact.of !== 'events') return null;
    const { event } = fact.recorded;
    if (event.type === 'CouponIssued' && issued + 1 > quantity)
      return `${event.userId} got number ${issued + 1} of ${quantity}`;
    if (event.type === 'CouponQuantityChanged' && event.quantity < issued)
      return `the quantity was set to ${event.quantity} with ${issued} issued`;
    return null;
  },
  looked: ({ issued, quantity }) => `${issued} of ${quantity}`,
};

const onePerUser: CouponRule = {
  name: 'one per user',
  kind: 'STOCK_MISMATCH',
  broken: whenIssued(({ userId, requestId }, { holders }) => {
    const held = holders.get(userId);
    return held === undefined ? null : `${userId} got one for ${held.requestId} and for ${requestId}`;
  }),
  looked: ({ holders }) => `${holders.size} users`,
};

const gaplessPlaces: CouponRule = {
  name: 'places are 1, 2, 3 … without gaps',
  kind: 'SEQUENCE_GAP',
  broken: whenIssued(({ userId, place }, { issued }) =>
    place === issued + 1 ? null : `${userId} got place ${place} as number ${issued + 1}`,
  ),
  looked: ({ issued }) => (issued === 0 ? 'none issued' : `1 to ${issued}`),
};

const whileOpen: CouponRule = {
  name: 'issued only while its event was open',
  kind: 'BROKEN_PROMISE',
  broken: whenIssued(({ userId }, { isOnSale, issued }) =>
    isOnSale ? null : `${userId} got number ${issued + 1} while the event was not open`,
  ),
  looked: ({ isOnSale }) => (isOnSale ? 'on sale' : 'not on sale'),
};

const inOrderOfAcceptance: CouponRule = {
  name: 'issued in the order of acceptance',
  kind: 'BROKEN_PROMISE',
  broken: (fact, { lastOffsets }) => {
    if (fact.of !== 'events' || fact.recorded.event.type !== 'CouponIssued') return null;
    const source = sourceOf(fact.recorded);
    if (source === null) return null;
    const { partition, offset } = source;
    const before = lastOffsets.get(partition) ?? -1;
    const { place } = fact.recorded.event;
    return offset > before
      ? null
      : `place ${place} was accepted at ${partition}@${offset}, after one accepted at ${before}`;
  },
  looked: ({ issued, lastOffsets }) => `${issued} issued from ${lastOffsets.size} partition(s) of the log`,
};

const oneAnswer: CouponRule = {
  name: 'no request is both issued and rejected',
  kind: 'BROKEN_PROMISE',
  offences: function* ({ refused }) {
    for (const detail of refused.values()) yield { detail };
  },
  looked: ({ issued, rejections }) => `${issued} issued, ${rejections.size} rejected`,
};

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

const everyRequestAnswered: CouponRule = {
  name: 'every accepted request is answered',
  kind: 'BROKEN_PROMISE',
  broken: (fact, known) => {
    if (fact.of !== 'log' || fact.request === 'Nobody' || fact.request === null) return null;
    const { message, request } = fact;
    if (answerTo(known, request) !== 'Unanswered' || isTooOldToTell(known, message)) return null;
    return `${request.requestId} of ${nameOf(request.asker)}, at ${message.partition}@${message.offset}`;
  },
  looked: ({ logged: { requests, anonymous, reused, expired } }) =>
    [
      `${requests} requests in the log`,
      ...(anonymous > 0 ? [`${anonymous} without any request id`] : []),
      ...(reused > 0 ? [`${reused} under an id used before for something else`] : []),
      ...(expired > 0 ? [`${expired} too old to tell`] : []),
    ].join(', '),
};

/** What must be true of every sale of a coupon. */
export const couponRules: ReadonlyArray<CouponRule> = [
  createdFirst,
  withinQuantity,
  onePerUser,
  gaplessPlaces,
  whileOpen,
  inOrderOfAcceptance,
  oneAnswer,
  everyRequestAnswered,
];
