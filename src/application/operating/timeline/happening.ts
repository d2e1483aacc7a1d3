import { z } from 'zod';
import { type EventBody, type RecordedEvent } from '../../ports/event-store.js';

const isEvent = (value: unknown): value is EventBody =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

export const happening = z.object({
  /** As it was recorded. */
  event: z.custom<EventBody>(isEvent),
  streamId: z.string(),
  correlationId: z.string(),
  position: z.number(),
  /** Epoch milliseconds. */
  recordedAt: z.number(),
});

/** Something that happened to a user. What is shown or told of it is made when somebody asks: that is seldom. */
export type Happening = z.infer<typeof happening>;

export const toHappening = ({ event, streamId, metadata, position, recordedAt }: RecordedEvent): Happening => ({
  ...{ event, streamId, position, recordedAt },
  correlationId: metadata.correlationId,
});
