import { z } from 'zod';
import { type Finding } from '../../../application/kernel/audit/finding.js';
import { type HistoryVerified } from '../../../application/operating/history/verify-history.js';
import { route, type Route } from '../route.js';
import { historyReport, reconcile, reconciled } from '../schemas/admin.js';
import { id } from '../schemas/fields.js';
import {
  listensToProgress,
  type LongAdminCall,
  operating,
  type Report,
  type Verify,
  verifying,
  viewing,
  watched,
} from './admin.js';

/** `doorbuster verify coupon`, `verify schedule`, `verify history` and `doorbuster reconcile`. */
export const adminCheckRoutes = (useCases: {
  readonly verifyCoupon: Verify;
  readonly verifySchedule: Verify;
  readonly reconcile: LongAdminCall<
    { readonly heal: boolean; readonly correlationId: string },
    {
      readonly findings: ReadonlyArray<Omit<Finding, 'remedy'> & { readonly healed: boolean }>;
      readonly healed: number;
    }
  >;
  readonly verifyHistory: LongAdminCall<object, Report & Pick<HistoryVerified, 'last'>>;
}): ReadonlyArray<Route> => [
  route({
    ...verifying,
    path: '/admin/coupons/:couponId/verify',
    summary: 'Was the sale of this coupon fair? From its events alone',
    params: z.object({ couponId: id }),
    problems: ['COUPON_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => watched((watch) => useCases.verifyCoupon(params.couponId, watch), exchange),
  }),
  route({
    ...verifying,
    path: '/admin/schedules/:scheduleId/verify',
    summary: 'Was this waiting room fair? From its events alone',
    params: z.object({ scheduleId: id }),
    problems: ['SCHEDULE_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => watched((watch) => useCases.verifySchedule(params.scheduleId, watch), exchange),
  }),
  route({
    ...viewing,
    ...listensToProgress,
    path: '/admin/history/verify',
    summary: 'Is every event as it was sealed, none left out, put in or moved?',
    answers: { 200: { description: 'PASS, or FAIL with the reasons', schema: historyReport } },
    problems: ['UNAVAILABLE'],
    handle: (_, exchange) => watched((watch) => useCases.verifyHistory({}, watch), exchange),
  }),
  route({
    ...operating,
    ...listensToProgress,
    path: '/admin/reconcile',
    summary: 'Compare gate, events and read models; heal when asked to',
    body: reconcile,
    answers: { 200: { description: 'What does not agree', schema: reconciled } },
    problems: ['UNAVAILABLE'],
    handle: ({ body }, exchange) =>
      watched((watch) => useCases.reconcile({ heal: body.heal, correlationId: exchange.requestId }, watch), exchange),
  }),
];
