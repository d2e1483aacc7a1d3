import { z } from 'zod';
import { commandTopics } from '../../../application/kernel/messaging/topics.js';
import { whoAndWhy, idOut, pageOut, text, timeOut, named } from './fields.js';
import { userCoupon } from './issue.js';
import { order, points } from './order.js';

/** What operators see is what the use cases found: the fields named here are always there. */
const seen = z.looseObject;

export const projectionName = text(100).meta({ examples: ['coupon'] });

const trouble = seen({ since: timeOut, reason: z.string() });
export const projection = seen({
  trouble: trouble.nullable().describe('What keeps it from going on; null: nothing.'),
}).meta({ id: 'Projection' });
export const projections = named('Projections', { items: z.array(projection) });
export const rebuilt = seen({ events: z.int() }).meta({ id: 'Rebuilt' });
export const projectionVerified = seen({ verdict: z.enum(['PASS', 'FAIL']) }).meta({ id: 'ProjectionVerified' });

export const deadLetterId = z
  .string()
  .regex(/^[\w.:~-]{1,200}$/)
  .meta({ examples: ['8a1d4f0e-2b6c-5d3a-9e7f-0c1b2a3d4e5f'] });
export const deadLetter = seen({
  id: z.string(),
  topic: z.string(),
  failureReason: z.string(),
  firstAttemptAt: timeOut,
  lastAttemptAt: timeOut,
  recordedAt: timeOut,
}).meta({ id: 'DeadLetter' });
export const deadLetters = pageOut(deadLetter).meta({ id: 'DeadLetters' });
export const topic = z.enum(commandTopics).meta({ examples: ['coupon-issue-requests'] });

export const replayOne = named('Replay', { dryRun: z.boolean().default(false), ...whoAndWhy });
export const replayMany = named('ReplayTopic', {
  topic,
  dryRun: z.boolean().default(false),
  rate: z.number().positive().max(100_000).exactOptional().describe('Messages a second'),
  limit: z.int().min(1).max(1_000_000).exactOptional(),
  ...whoAndWhy,
});
/** Giving something up for good has a reason. */
export const discard = named('Discard', { ...whoAndWhy, reason: text(500) });
export const done = seen({}).meta({ id: 'Done' });

const parkedSaga = seen({
  orderId: z.string(),
  step: z.string(),
  reason: z.string(),
  attempts: z.int(),
  parkedAt: timeOut,
});
export const parkedSagas = pageOut(parkedSaga).meta({ id: 'ParkedSagas' });
const parkedStream = seen({
  consumer: z.string(),
  streamId: z.string(),
  eventType: z.string(),
  reason: z.string(),
  parkedAt: timeOut,
});
export const parkedStreams = named('ParkedStreams', { items: z.array(parkedStream) });
export const releaseStream = named('ReleaseStream', { consumer: text(200), streamId: text(500), ...whoAndWhy });

export const replaySaga = named('ReplaySaga', whoAndWhy);

const verdict = { verdict: z.enum(['PASS', 'FAIL']), reasons: z.array(z.unknown()) };
export const report = seen(verdict).meta({ id: 'Report' });
export const historyReport = seen({
  ...verdict,
  last: seen({ seal: z.int(), digest: z.string(), at: timeOut })
    .nullable()
    .describe('The last seal that was looked at: keep it, later histories must contain it.'),
}).meta({ id: 'HistoryReport' });

export const reconcile = named('Reconcile', { heal: z.boolean().default(false) });
export const reconciled = seen({
  findings: z.array(
    seen({
      kind: z.enum([
        'STOCK_MISMATCH',
        'SEQUENCE_GAP',
        'LEAKED_RESERVATION',
        'BROKEN_PROMISE',
        'STALE_VIEW',
        'GATEWAY_PAYMENT_REUSED',
        'PARKED_STREAM',
      ]),
      subject: z.string(),
      detail: z.string(),
      healed: z.boolean(),
    }),
  ),
  healed: z.int(),
}).meta({ id: 'Reconciled' });

const json = z.string().nullable();

const act = z.object({
  actId: z.string(),
  at: timeOut,
  subject: z.string().describe('The operator, viewer or service that the credential belongs to.'),
  role: z.enum(['viewer', 'operator', 'service']),
  route: z.string().meta({ examples: ['PATCH /api/coupons/:couponId'] }),
  target: z.string(),
  requestId: z.string(),
  status: z.int().nullable().describe('null: what became of it is not known, or not yet.'),
  asked: json.describe('The body as JSON. Long values are replaced by how long they were, personal data by a note.'),
  before: json.describe('How it was, in the same way.'),
  after: json.describe('What was answered, in the same way.'),
});

export const acts = pageOut(act).meta({ id: 'Acts' });

const happened = z.object({
  at: timeOut,
  what: z.string().meta({ examples: ['CouponIssued'] }),
  stream: z.string(),
  facts: z.looseObject({}).describe('Ids, amounts, reasons: what the event says.'),
  askedAt: timeOut.optional(),
  notice: z.string().optional().describe('What the user was told of it.'),
  correlationId: z.string().describe('X-Request-Id of the request that led here.'),
  position: z.number(),
});

export const timeline = pageOut(happened).meta({ id: 'Timeline' });

export const erasedUser = named('ErasedUser', {
  userId: idOut,
  erased: z.literal(true),
  erasedAt: timeOut,
  keyDestroyed: z.boolean().describe('True: the key was destroyed by this call. False: there was no key to destroy.'),
  plainEvents: z
    .int()
    .describe('Events that were written before personal data were encrypted, and still hold theirs in plain text.'),
});

export const exportedUser = named('ExportedUser', {
  userId: idOut,
  exportedAt: timeOut,
  orders: z.array(order).describe('With their payments. What was erased is null.'),
  coupons: z.array(userCoupon),
  points,
  happened: z
    .array(happened)
    .describe('All that happened: queues, payments, points, deliveries, and what they were told.'),
  acts: z.array(act).describe('What operators and services changed of theirs.'),
  cut: z
    .array(z.enum(['orders', 'coupons', 'happened', 'acts']))
    .describe('Lists of which only the first 10,000 are here.'),
});
