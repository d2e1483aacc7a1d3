import { type ContextSchemas } from '../kernel/events/event-registry.js';
import { EVENT_STREAMS } from './event-streams.js';
import { isSaleEvent } from './sale-aggregate.js';

export const shopEventSchemas: ContextSchemas = {
  context: 'shop-event',
  streams: [[EVENT_STREAMS, isSaleEvent]],
  messages: [],
};
