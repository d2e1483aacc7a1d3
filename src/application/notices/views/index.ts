import { type Projection, projectionOf } from '../../projecting/projection.js';
import { noticesView } from './notices.js';

/** Every view of this context. */
export const noticeProjections: ReadonlyArray<Projection> = [projectionOf(noticesView)];
