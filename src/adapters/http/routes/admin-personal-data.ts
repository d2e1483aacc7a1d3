import { z } from 'zod';
import { type ErasedUser, type EraseUser } from '../../../application/operating/personal-data/erase-user.js';
import { type ExportedUser, type ExportUser } from '../../../application/operating/personal-data/export-user.js';
import { actorAndReason } from '../actor-and-reason.js';
import { found } from '../answer.js';
import { route, type Route } from '../route.js';
import { erasedUser, exportedUser } from '../schemas/admin.js';
import { id, iso, text } from '../schemas/fields.js';
import { shownAct } from './admin-audit.js';
import { type AdminCall, operating, viewing } from './admin.js';
import { shownHeldCoupon } from './coupons.js';
import { shownOrder } from './orders.js';

const shownExport = ({ exportedAt, orders, coupons, acts, ...rest }: ExportedUser) => ({
  ...rest,
  exportedAt: iso(exportedAt),
  orders: orders.map(shownOrder),
  coupons: coupons.map(shownHeldCoupon),
  acts: acts.map(shownAct),
});

interface UseCases {
  readonly eraseUser: AdminCall<EraseUser, ErasedUser>;
  readonly exportUser: ExportUser;
}

/** `doorbuster erase user` and `export user`. */
export const adminPersonalDataRoutes = ({ eraseUser, exportUser }: UseCases): ReadonlyArray<Route> => [
  route({
    ...viewing,
    isDisclosure: true,
    path: '/admin/users/:userId/export',
    summary:
      'Everything there is about a user, for that person: with addresses in plain text. Recorded in the audit trail',
    params: z.object({ userId: id }),
    answers: { 200: { description: 'All of it', schema: exportedUser } },
    problems: ['USER_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params: { userId } }, exchange) => found(exportUser(userId), exchange, shownExport),
  }),
  route({
    ...operating,
    method: 'delete',
    path: '/admin/users/:userId/personal-data',
    summary: 'Erase what identifies a user, for ever: orders stay, without their shipping',
    params: z.object({ userId: id }),
    query: z.object({
      reason: text(500).exactOptional().describe('A ticket, not a person: it is kept.'),
      actor: text(64).exactOptional(),
    }),
    answers: { 200: { description: 'It is erased, also when it was before', schema: erasedUser } },
    problems: ['USER_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params, query }, exchange) =>
      found(eraseUser({ ...params, ...actorAndReason(query, exchange) }), exchange, ({ erasedAt, ...done }) => ({
        ...done,
        erasedAt: iso(erasedAt),
      })),
  }),
];
