import { type Projection, projectionOf } from '../../kernel/projection/projection.js';
import { timelinesView } from './timelines.js';

/** Every view of this context. */
export const timelineProjections: ReadonlyArray<Projection> = [projectionOf(timelinesView)];
