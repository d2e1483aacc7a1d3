import { type Projection, projectionOf } from '../kernel/projection/projection.js';
import { eventsView } from './events.js';

/** Every view of this context. */
export const eventProjections: ReadonlyArray<Projection> = [projectionOf(eventsView)];
