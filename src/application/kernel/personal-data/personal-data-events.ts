import { z } from 'zod';
import { type EventOf, eventSchemas } from '../events/event-schemas.js';

/** Sealed data of the user can no longer be decrypted, and plain data is no longer shown. */
const personalDataErased = z.object({
  userId: z.string(),
  /** Orders whose shipping was recorded before it was sealed: their events still hold it in plain text. */
  orderIds: z.array(z.string()),
  actor: z.string(),
  /** A ticket or a law, not a person: it is kept. */
  reason: z.string(),
  at: z.number(),
});

export type PersonalDataErased = EventOf<'PersonalDataErased', typeof personalDataErased>;

export const isPersonalDataEvent = eventSchemas<PersonalDataErased>()({ PersonalDataErased: personalDataErased });

export const PERSONAL_DATA_STREAMS = 'personalData-';
export const personalDataStream = (userId: string): string => `${PERSONAL_DATA_STREAMS}${userId}`;
