import { z } from 'zod';
import { type Act, type FindActs } from '../../../application/operating/audit-trail/acts-view.js';
import { found, pageOf } from '../answer.js';
import { route, type Route } from '../route.js';
import { acts } from '../schemas/admin.js';
import { cursor, iso, limit, text, timeIn } from '../schemas/fields.js';
import { viewing } from './admin.js';

export const shownAct = ({ at, ...act }: Act) => ({ ...act, at: iso(at) });

/** `doorbuster audit`. */
export const adminAuditRoute = ({ findActs }: { readonly findActs: FindActs }): Route =>
  route({
    ...viewing,
    path: '/admin/audit',
    summary: 'Changes and exports made by operators, viewers and services, newest first, page by page',
    query: z.object({
      subject: text(255).exactOptional(),
      route: text(200).exactOptional(),
      from: timeIn.exactOptional(),
      cursor,
      limit,
    }),
    answers: { 200: { description: 'A page', schema: acts } },
    problems: ['UNAVAILABLE'],
    handle: ({ query }, exchange) => found(findActs(query), exchange, pageOf(shownAct)),
  });
