import { noChallenge } from '../../../src/domain/challenge-policy.js';
import { iso } from '../../../src/application/kernel/iso.js';
import { either as E, taskEither as TE } from 'fp-ts';
import { fakeWebhookCalls } from './fake-webhook-calls.js';
import { fakeOrderUseCases } from './fake-order-use-cases.js';
import { type AllUseCases } from '../../../src/adapters/http/route-table.js';
import { type Board, type CouponOnBoard, unknownHealth } from '../../../src/application/operating/board/board.js';
import { type EventSeen } from '../../../src/application/shop-event/events.js';
import { type CouponSeen } from '../../../src/application/coupon/coupon-by-id.js';
import { type DeadLetterDocument } from '../../../src/application/operating/dead-letters/dead-letters-view.js';

export const T0 = Date.UTC(2026, 0, 1);

export const spring: CouponSeen = {
  couponId: 'spring',
  name: 'Spring sale',
  quantity: 100,
  issued: 40,
  remaining: 60,
  status: 'OPEN',
  discount: { kind: 'PERCENT', value: 10 },
  opensAt: T0,
  closesAt: null,
  usableUntil: null,
  eventId: null,
  challenge: noChallenge,
  createdAt: T0,
  revision: 0,
};

export const gala: EventSeen = {
  eventId: 'gala',
  name: 'Gala',
  status: 'PENDING',
  opensAt: T0,
  openedAt: null,
  scheduleId: null,
};

const build = { view: 'coupon', version: 1, build: 2 };
const status = {
  view: 'coupon',
  version: 1,
  state: 'LIVE' as const,
  live: build,
  builds: 0,
  checkpoint: 7,
  head: 7,
  lag: { events: 0, exact: true, ageMs: 0 },
  trouble: null,
};
const step = { events: 5, position: 5, head: 10 };
const letter: DeadLetterDocument = {
  deadLetterId: 'letter-1',
  status: 'OPEN',
  origin: { topic: 'coupon-issue-dlq', partition: 0, offset: 7 },
  key: 'spring',
  headers: {},
  originalEvent: 'not JSON',
  failureReason: 'not JSON',
  stackTrace: '',
  attempts: 1,
  retryCount: 0,
  replayable: true,
  firstAttemptAt: T0,
  lastAttemptAt: T0,
  recordedAt: T0,
  history: [],
};

const message = { key: 'spring', headers: {}, value: 'not JSON' };
export const topicReplayed = {
  found: 1,
  replayed: 1,
  dryRun: false,
  ids: ['letter-1'],
  failed: [],
  unchanged: [],
  undecided: [],
  stopped: false,
};

const held = {
  couponId: 'spring',
  name: 'Spring sale',
  discount: spring.discount,
  status: 'AVAILABLE' as const,
  requestId: 'request-1',
  place: 1,
  issuedAt: T0,
  expiresAt: T0,
};

export const springOnBoard: CouponOnBoard = {
  name: 'Spring sale',
  status: 'OPEN',
  quantity: 100,
  issued: 40,
  remaining: 60,
  discount: spring.discount,
  challenge: noChallenge,
  createdAt: '2026-01-01T00:00:00.000Z',
};

/** A board with one coupon on it. */
export const board: Board = {
  at: '2026-01-01T00:00:00.000Z',
  coupons: {
    spring: springOnBoard,
  },
  events: {},
  schedules: {},
  products: {},
  ...unknownHealth,
  rates: {},
  answers: {},
  statuses: {},
  latency: {},
  alarms: {},
};

/** Use cases that answer at once and well. */
export const fakeUseCases: AllUseCases = {
  readBoard: async () => board,
  verifyHistory: () => TE.right({ verdict: 'PASS', reasons: [], last: { seal: 3, digest: 'abc', at: iso(T0) } }),
  findPerson: (id) => TE.right([{ userId: id, by: 'USER' }]),
  readExport: () => () => TE.right({ rows: [{ entry: 0, reason: 'a, "b"' }], next: null }),
  createCoupon: ({ correlationId: _, couponId = 'fresh', usableUntil, challenge = noChallenge, ...coupon }) =>
    TE.right({
      ...coupon,
      challenge,
      usableUntil: usableUntil ?? coupon.closesAt,
      couponId,
      issued: 0,
      remaining: coupon.quantity,
      status: 'OPEN',
      createdAt: T0,
      revision: 0,
    }),
  requestCoupon: ({ couponId, userId, requestId = 'request-1' }) => TE.right({ requestId, couponId, userId }),
  challengeOfCoupon: async () => null,
  couponById: (couponId) => TE.right({ ...spring, couponId }),
  issueStatus: ({ requestId }) =>
    TE.right({ requestId, couponId: 'spring', userId: 'ana', status: 'SUCCESS', place: 1, processedAt: T0 }),
  issueStatusOf: () => TE.right({ status: 'ISSUED', requestId: 'request-1' }),
  couponsOfUser: () =>
    TE.right({
      items: [held],
      nextCursor: 'next',
    }),
  pauseCoupon: ({ couponId }) => TE.right({ ...spring, couponId, status: 'PAUSED' }),
  resumeCoupon: ({ couponId }) => TE.right({ ...spring, couponId }),
  changeTerms: ({ couponId, correlationId: _, actor: __, reason: ___, requestId: ____, ...terms }) =>
    TE.right({ ...spring, ...terms, couponId }),
  changeQuantity: ({ couponId, quantity }) => TE.right({ ...spring, couponId, quantity }),
  connectNotices:
    ({ since, listener }) =>
    async () => {
      listener.begin(since ?? 7, []);
      return E.right(() => undefined);
    },
  scheduleEvent: ({ correlationId: _, eventId = 'fresh', ...event }) => TE.right({ ...gala, eventId, ...event }),
  eventById: (eventId) => TE.right({ ...gala, eventId }),
  rescheduleEvent: ({ eventId, opensAt }) => TE.right({ ...gala, eventId, opensAt }),
  closeEvent: ({ eventId }) => TE.right({ ...gala, eventId, status: 'CLOSED' }),
  cancelEvent: ({ eventId }) => TE.right({ ...gala, eventId, status: 'CANCELLED' }),
  scheduleById: (scheduleId) =>
    TE.right({
      scheduleId,
      activeLimit: 100,
      activeTtlSeconds: 600,
      admitPerSecond: null,
      challenge: noChallenge,
      active: 3,
      waiting: 7,
      activationsPerSecond: null,
    }),
  configureSchedule: ({ scheduleId, activeLimit, activeTtlSeconds, admitPerSecond = null, challenge = noChallenge }) =>
    TE.right({
      scheduleId,
      activeLimit,
      activeTtlSeconds,
      admitPerSecond,
      challenge,
      active: 0,
      waiting: 0,
      activationsPerSecond: null,
    }),
  challengeOfSchedule: async () => null,
  joinQueue: () => TE.right({ tokenId: 'token-1', status: 'PENDING', position: 3, aheadOfYou: 2, etaSeconds: null }),
  tokenById: (tokenId) => TE.right({ tokenId, status: 'ACTIVE', expiresAt: T0, pass: 'signed' }),
  leaveQueue: () => TE.right(undefined),
  publishedSeals: () => TE.right({ keys: [], sealing: { events: 1_000, withinSeconds: 10 }, last: null }),
  publishedKeys: () => TE.right({ keys: [{ kid: 'key-1' }] }),
  verifySchedule: () => TE.right({ verdict: 'PASS', reasons: [] }),
  listProjections: () => TE.right([status]),
  projectionStatus: () =>
    TE.right({ ...status, trouble: { since: T0, reason: 'It throws', position: 8, stuck: true } }),
  rebuildProjection:
    (_, { onProgress }) =>
    async () => {
      onProgress(step);
      return E.right({ build, replaced: null, events: 10, checkpoint: 10, comparison: null });
    },
  verifyProjection:
    (view, { onProgress }) =>
    async () => {
      onProgress(step);
      const comparison = { documents: 3, differences: [], differing: 0, position: 10 };
      return E.right({ verdict: 'PASS', view, build: 2, events: 10, ...comparison });
    },
  listDeadLetters: () => TE.right({ items: [letter], nextCursor: null }),
  showDeadLetter: (id) => TE.right({ ...letter, deadLetterId: id }),
  replayDeadLetter: (deadLetterId) => TE.right({ deadLetterId, topic: 'coupon-issue-dlq', message, published: true }),
  replayDeadLetters: ({ dryRun = false }) => TE.right({ ...topicReplayed, dryRun }),
  discardDeadLetter: () => TE.right(undefined),
  verifyCoupon: () => TE.right({ verdict: 'PASS', reasons: [] }),
  ...fakeOrderUseCases,
  verifyOrder: () => TE.right({ verdict: 'PASS', reasons: [] }),
  verifyOrderStock: () => TE.right({ verdict: 'PASS', reasons: [] }),
  boughtOfEvent: ({ limit }) => fakeOrderUseCases.ordersOfUser({ userId: 'ana', limit }),
  ...fakeWebhookCalls,
  listParkedStreams: () =>
    TE.right([
      {
        consumer: 'relay',
        streamId: 'coupon-spring',
        revision: 4,
        eventType: 'CouponIssued',
        reason: 'upgrade first',
        parkedAt: T0,
      },
    ]),
  releaseStreams: () => TE.right(1),
  listSagas: () =>
    TE.right({
      items: [{ orderId: 'order-1', step: 'DEDUCT_STOCK', reason: 'INSUFFICIENT_STOCK', attempts: 3, parkedAt: T0 }],
      nextCursor: null,
    }),
  findActs: () =>
    TE.right({
      items: [
        {
          actId: 'act-1',
          at: T0,
          subject: 'olga',
          role: 'operator',
          route: 'POST /api/coupons/:couponId/pause',
          target: '/api/coupons/spring/pause',
          requestId: 'request-1',
          status: 200,
          asked: '{"reason":"queue"}',
          before: null,
          after: null,
        },
      ],
      nextCursor: null,
    }),
  exportUser: (userId) =>
    TE.right({
      userId,
      exportedAt: Date.UTC(2026, 10, 28),
      orders: [],
      coupons: [],
      points: { userId, balance: 0, reserved: 0, available: 0 },
      happened: [],
      acts: [],
      cut: [],
    }),
  eraseUser: ({ userId }) =>
    TE.right({ userId, erased: true, erasedAt: Date.UTC(2026, 10, 28), keyDestroyed: true, plainEvents: 0 }),
  timelineOfUser: ({ userId }) =>
    TE.right({
      items: [
        {
          at: '2026-01-01T00:00:00.000Z',
          what: 'CouponIssued',
          stream: 'coupon-spring',
          facts: { couponId: 'spring', userId },
          notice: 'coupon-issued',
          correlationId: 'request-1',
          position: 7,
        },
      ],
      nextCursor: null,
    }),
  replaySaga: ({ orderId }) => TE.right({ orderId, how: 'REPLAYED' }),
  compensateSaga: ({ orderId }) => TE.right({ orderId, how: 'COMPENSATED' }),
  reconcile: () =>
    TE.right({ findings: [{ kind: 'STALE_VIEW', subject: 'coupons', detail: '1 differs', healed: false }], healed: 0 }),
};
