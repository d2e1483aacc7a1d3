import {
  answerOf,
  type components,
  type CouponOutcome,
  type CouponRequest,
} from '../../../packages/client/src/index.js';
import { type CallerOptions, type Callers, openCallers } from './callers.js';

type Schemas = components['schemas'];

export interface Asked {
  readonly status: number;
  /** Of an error; `ACCEPTED` for a 202. */
  readonly code: string;
  /** What was accepted. */
  readonly request: CouponRequest | null;
}

/** A sale as a shop would use it: bounded sockets, and nothing known but the specification. */
export interface SaleClient extends Callers {
  /** Tied to an event, it sells only while the event is open. */
  readonly create: (
    quantity: number,
    couponId: string,
    eventId?: string,
    challenge?: 'NEVER' | 'ALWAYS',
  ) => Promise<Schemas['Coupon']>;
  /** A waiting room. */
  readonly configure: (scheduleId: string, activeLimit: number, activeTtlSeconds: number) => Promise<void>;
  /** An event with a waiting room in front of it; `opensAt` in epoch milliseconds. */
  readonly schedule: (eventId: string, opensAt: number, scheduleId: string) => Promise<void>;
  /** When an event really opened, epoch milliseconds; null while it has not. */
  readonly openedAt: (eventId: string) => Promise<number | null>;
  readonly coupon: (couponId: string) => Promise<Schemas['Coupon']>;
  /** `pass`: of the waiting room, where there is one. Rejects when nobody answers. */
  readonly ask: (couponId: string, userId: string, requestId: string, pass?: string) => Promise<Asked>;
  /** Waits until the answer is final. Rejects when it is not within `withinMs`. */
  readonly awaitOutcome: (request: CouponRequest, withinMs: number) => Promise<CouponOutcome>;
}

export const createSaleClient = (options: CallerOptions): SaleClient => {
  const callers = openCallers(options);
  const { visitor, patient, operator, expect, describeRefusal } = callers;
  return {
    ...callers,
    create: (quantity, couponId, eventId, challenge = 'NEVER') => {
      const discount = { kind: 'PERCENT', value: 10 } as const;
      const body = {
        couponId,
        name: 'Rehearsal',
        quantity,
        discount,
        challenge,
        ...(eventId !== undefined && { eventId }),
      };
      return expect(answerOf(operator.api.POST('/api/coupons', { body })), 'Creating the coupon');
    },
    configure: async (scheduleId, activeLimit, activeTtlSeconds) => {
      const params = { path: { scheduleId } };
      const body = { activeLimit, activeTtlSeconds };
      const configuring = operator.api.PUT('/api/v1/schedules/{scheduleId}', { params, body });
      await expect(answerOf(configuring), 'Configuring the waiting room');
    },
    schedule: async (eventId, opensAt, scheduleId) => {
      const body = { eventId, name: 'Rehearsal', opensAt: new Date(opensAt).toISOString(), scheduleId };
      await expect(answerOf(operator.api.POST('/api/events', { body })), 'Scheduling');
    },
    openedAt: async (eventId) => {
      const reading = visitor.api.GET('/api/events/{eventId}', { params: { path: { eventId } } });
      const { openedAt } = await expect(answerOf(reading), 'The event');
      return openedAt === null ? null : Date.parse(openedAt);
    },
    coupon: (couponId) => expect(operator.coupons.get(couponId), 'Reading the coupon'),
    ask: async (couponId, userId, requestId, pass) => {
      const asked = await visitor.requestCoupon({ couponId, userId, requestId, pass });
      if (asked.ok) return { status: asked.status, code: 'ACCEPTED', request: asked.value };
      const { status, code } = asked.problem;
      if (status === 0) throw new Error(describeRefusal(asked.problem));
      return { status, code, request: null };
    },
    awaitOutcome: (request, withinMs) => {
      const late = AbortSignal.timeout(withinMs);
      const signal = options.signal === undefined ? late : AbortSignal.any([late, options.signal]);
      const outcome = patient.coupons.result(request, { signal }).catch((error: unknown) => {
        throw late.aborted ? new Error(`${request.requestId} was accepted and is still not decided`) : error;
      });
      return expect(outcome, `Asking for ${request.requestId}`);
    },
  };
};
