import { z } from 'zod';
import { type View } from '../projection/view.js';
import { isParkingEvent, PARKING_STREAMS } from './parking/parking-aggregate.js';

const parkedStream = z.object({
  consumer: z.string(),
  streamId: z.string(),
  /** Of the first event that could not be read. */
  revision: z.number(),
  eventType: z.string(),
  reason: z.string(),
  /** Epoch milliseconds. */
  parkedAt: z.number(),
});

/** A stream that some consumer skips. */
export type ParkedStream = z.infer<typeof parkedStream>;

/** By consumer and stream; index `all` in the order in which they were parked. */
export const parkedStreamsView: View<ParkedStream> = {
  name: 'parked-streams',
  version: 1,
  schema: parkedStream,
  streamPrefixes: [PARKING_STREAMS],
  documentIds: ({ event }) => (isParkingEvent(event) ? [`${event.consumer}/${event.streamId}`] : []),
  fold: (known, { event }) => {
    if (!isParkingEvent(event)) return known;
    if (event.type === 'StreamReleased') return null;
    const { consumer, streamId, revision, eventType, reason, at: parkedAt } = event;
    return { consumer, streamId, revision, eventType, reason, parkedAt };
  },
  entries: ({ parkedAt }) => [{ index: 'all', key: 'all', sort: parkedAt }],
};
