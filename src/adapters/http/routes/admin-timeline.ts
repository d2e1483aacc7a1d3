import { z } from 'zod';
import { type TimelineOfUser } from '../../../application/operating/timeline/timeline-of-user.js';
import { nothing, route, type Route } from '../route.js';
import { cursor, id, limit } from '../schemas/fields.js';
import { timeline } from '../schemas/timeline.js';
import { found } from './admin.js';

/** `doorbuster timeline`. */
export const adminTimelineRoute = ({ timelineOfUser }: { readonly timelineOfUser: TimelineOfUser }): Route =>
  route({
    method: 'get',
    access: 'viewer',
    path: '/admin/users/:userId/timeline',
    tag: 'Operators',
    summary: 'Everything that happened to a user, from the queue to the delivery, in order, page by page',
    params: z.object({ userId: id }),
    query: z.object({ cursor, limit }),
    body: nothing,
    answers: { 200: { description: 'A page', schema: timeline } },
    problems: ['UNAVAILABLE'],
    handle: ({ params, query }, exchange) =>
      found(
        timelineOfUser({ ...params, limit: query.limit, ...(query.cursor !== undefined && { cursor: query.cursor }) }),
        exchange,
      ),
  });
