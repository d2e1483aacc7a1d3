import { type Projection, projectionOf } from '../../projecting/projection.js';
import { eventsView } from './events.js';

/** Every view of this context. */
export const eventProjections: ReadonlyArray<Projection> = [projectionOf(eventsView)];
