import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type ChargePoints, type ChargePointsError } from '../../../application/checkout/points/charge-points.js';
import { type FindPoints } from '../../../application/checkout/points/points-of-user.js';
import { found, json, problem } from '../answer.js';
import { concerns } from '../identity/access.js';
import { type Refusal, refused } from '../problems.js';
import { route, type Route } from '../route.js';
import { id } from '../schemas/fields.js';
import { points, pointsCharge } from '../schemas/order.js';

const shared = {
  tag: 'Points',
  params: z.object({ userId: id }),
  answers: { 200: { description: 'What the user has then', schema: points } },
} as const;

const notCharged = (error: ChargePointsError): Refusal =>
  error.code === 'OUTCOME_UNKNOWN' ? refused(error.code, { chargeId: error.chargeId }) : refused(error.code);

/** Points: charged, and what is left of them. */
export const pointsRoutes = (useCases: {
  readonly chargePoints: ChargePoints;
  readonly pointsOfUser: FindPoints;
}): ReadonlyArray<Route> => [
  route({
    ...shared,
    method: 'post',
    path: '/api/users/:userId/points/charge',
    access: 'service',
    summary: 'More points for a user',
    body: pointsCharge,
    problems: ['REQUEST_ID_REUSED', 'POINTS_LIMIT_REACHED', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ params, body: { amount, chargeId: given } }, exchange) => {
      const { requestId: correlationId, language } = exchange;
      const chargeId = given ?? exchange.repeatableId;
      const charge = { ...params, amount, correlationId, ...(chargeId !== undefined && { chargeId }) };
      const charged = await useCases.chargePoints(charge)();
      if (E.isRight(charged)) return json(200, charged.right);
      return problem(notCharged(charged.left), language);
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/api/users/:userId/points',
    access: concerns('path'),
    summary: 'What a user has: balance, and what of it is set aside',
    problems: ['UNAVAILABLE'],
    handle: ({ params }, exchange) => found(useCases.pointsOfUser(params.userId), exchange),
  }),
];
