import { z } from 'zod';
import { eventSchemas } from '../events/event-schemas.js';

/** Sealed data of the user can no longer be decrypted, and plain data is no longer shown. */
export interface PersonalDataErased {
  readonly type: 'PersonalDataErased';
  readonly userId: string;
  /** Orders whose shipping was recorded before it was sealed: their events still hold it in plain text. */
  readonly orderIds: ReadonlyArray<string>;
  readonly actor: string;
  /** A ticket or a law, not a person: it is kept. */
  readonly reason: string;
  readonly at: number;
}

export const isPersonalDataEvent = eventSchemas<PersonalDataErased>()({
  PersonalDataErased: z.object({
    userId: z.string(),
    orderIds: z.array(z.string()),
    actor: z.string(),
    reason: z.string(),
    at: z.number(),
  }),
});

export const PERSONAL_DATA_STREAMS = 'personalData-';
export const personalDataStream = (userId: string): string => `${PERSONAL_DATA_STREAMS}${userId}`;
