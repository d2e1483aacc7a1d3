import { z } from 'zod';
import { id, idOut, text, timeIn, timeOut } from './fields.js';

export const newEvent = z
  .object({
    eventId: id.optional(),
    name: text(200),
    opensAt: timeIn.meta({ description: 'A time already past opens it at once.' }),
    scheduleId: id.nullish().meta({ description: 'The waiting room in front of it.' }),
  })
  .meta({ id: 'NewEvent' });

export const event = z
  .object({
    eventId: idOut,
    name: z.string(),
    status: z.enum(['PENDING', 'OPEN', 'CLOSED', 'CANCELLED']),
    opensAt: timeOut,
    openedAt: timeOut.nullable().meta({ description: 'When it really opened.' }),
    scheduleId: idOut.nullable(),
  })
  .meta({ id: 'Event' });

/** Why it ends is for the audit trail. */
export const eventEnding = z
  .object({ actor: text(64).optional(), reason: text(500).optional() })
  .meta({ id: 'EventEnding' });
export const newOpening = z.object({ opensAt: timeIn }).meta({ id: 'NewOpening' });
