import { type Projection, projectionOf } from '../../projecting/projection.js';
import { timelinesView } from './timelines.js';

/** Every view of this context. */
export const timelineProjections: ReadonlyArray<Projection> = [projectionOf(timelinesView)];
