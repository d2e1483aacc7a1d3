import { z } from 'zod';
import { eventSchemas } from '../events/event-schemas.js';

/** What is sealed of a user cannot be opened any more, and what was written plain is shown no more. */
export interface PersonalDataErased {
  readonly type: 'PersonalDataErased';
  readonly userId: string;
  /** Whose shipping was written before it was sealed, and stands in their events as it was. */
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
