import { z } from 'zod';
import { commandTopics } from '../../../application/kernel/messaging/consumer-groups.js';
import { text, timeOut } from './fields.js';

/** What operators see is what the use cases found: the fields named here are always there. */
const seen = z.looseObject;

export const projectionName = text(100).meta({ examples: ['coupon'] });

export const projection = seen({}).meta({ id: 'Projection' });
export const projections = z.object({ items: z.array(projection) }).meta({ id: 'Projections' });
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
export const deadLetters = z
  .object({ items: z.array(deadLetter), nextCursor: z.string().nullable() })
  .meta({ id: 'DeadLetters' });
export const topic = z.enum(commandTopics).meta({ examples: ['coupon-issue-requests'] });

const actorAndReason = { actor: text(64).optional(), reason: text(500).optional() };
export const replayOne = z.object({ dryRun: z.boolean().default(false), ...actorAndReason }).meta({ id: 'Replay' });
export const replayMany = z
  .object({
    topic,
    dryRun: z.boolean().default(false),
    rate: z.number().positive().max(100_000).optional().meta({ description: 'Messages a second' }),
    limit: z.int().min(1).max(1_000_000).optional(),
    ...actorAndReason,
  })
  .meta({ id: 'ReplayTopic' });
/** Giving something up for good has a reason. */
export const discard = z.object({ ...actorAndReason, reason: text(500) }).meta({ id: 'Discard' });
export const done = seen({}).meta({ id: 'Done' });

export const parkedSagas = z
  .object({
    items: z.array(
      seen({
        orderId: z.string(),
        step: z.string(),
        reason: z.string(),
        attempts: z.int(),
        parkedAt: z.number().meta({ description: 'Epoch milliseconds' }),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'ParkedSagas' });
export const parkedStreams = z
  .object({
    items: z.array(
      seen({
        consumer: z.string(),
        streamId: z.string(),
        eventType: z.string(),
        reason: z.string(),
        parkedAt: z.number(),
      }),
    ),
  })
  .meta({ id: 'ParkedStreams' });
export const releaseStream = z
  .object({ consumer: text(200), streamId: text(500), ...actorAndReason })
  .meta({ id: 'ReleaseStream' });

export const replaySaga = z.object(actorAndReason).meta({ id: 'ReplaySaga' });

export const report = seen({ verdict: z.enum(['PASS', 'FAIL']), reasons: z.array(z.unknown()) }).meta({ id: 'Report' });

export const reconcile = z.object({ heal: z.boolean().default(false) }).meta({ id: 'Reconcile' });
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
