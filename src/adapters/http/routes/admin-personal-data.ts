import { function as F, taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { type AdminUseCases } from '../admin-use-cases.js';
import { because } from '../because.js';
import { nothing, route, type Route } from '../route.js';
import { id, iso, text } from '../schemas/fields.js';
import { erasedUser } from '../schemas/personal-data.js';
import { found } from './admin.js';

/** `doorbuster erase user`. */
export const adminPersonalDataRoutes = ({ eraseUser }: Pick<AdminUseCases, 'eraseUser'>): ReadonlyArray<Route> => [
  route({
    method: 'delete',
    access: 'operator',
    path: '/admin/users/:userId/personal-data',
    tag: 'Operators',
    summary: 'Erase what identifies a user, for ever: orders stay, without their shipping',
    params: z.object({ userId: id }),
    query: z.object({
      reason: text(500).optional().describe('A ticket, not a person: it is kept.'),
      actor: text(64).optional(),
    }),
    body: nothing,
    answers: { 200: { description: 'It is erased, also when it was before', schema: erasedUser } },
    problems: ['USER_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params, query }, exchange) =>
      found(
        F.pipe(
          eraseUser({ ...params, ...because(query, exchange) }),
          TE.map(({ erasedAt, ...done }) => ({ ...done, erasedAt: iso(erasedAt) })),
        ),
        exchange,
      ),
  }),
];
