import { answerOf } from './answer.js';
import { type components } from './api.js';
import { type Api } from './call.js';
import { withPass } from './pass.js';
import { aLittleLater, pause } from './pause.js';
import { type Waiting } from './coupons.js';

type Schemas = components['schemas'];

export interface OrderOptions extends Waiting {
  /** Of the waiting room, where there is one in front of the sale. */
  readonly pass?: string | undefined;
  /** Whoever repeats it with the same key, also after the page was loaded again, orders once. Default: a new one. */
  readonly idempotencyKey?: string | undefined;
}

const withKey = (key: string | undefined): Record<string, string> =>
  key === undefined ? {} : { 'idempotency-key': key };

const WAIT = { prefer: 'wait=20' };
const AGAIN_MS = 1_000;

export const orderCalls = (api: Api) => ({
  product: (productId: string) => answerOf(api.GET('/api/products/{productId}', { params: { path: { productId } } })),
  /** Orders all the lines or none; they are held until `holdExpiresAt`. */
  place: (order: Schemas['NewOrder'], { pass, idempotencyKey, signal }: OrderOptions = {}) =>
    answerOf(
      api.POST('/api/orders', {
        body: order,
        headers: { ...withPass(pass), ...withKey(idempotencyKey) },
        ...(signal && { signal }),
      }),
      signal,
    ),
  get: (orderId: string) => answerOf(api.GET('/api/orders/{orderId}', { params: { path: { orderId } } })),
  ofUser: (userId: string, page: { readonly cursor?: string; readonly limit?: number } = {}) =>
    answerOf(api.GET('/api/users/{userId}/orders', { params: { path: { userId }, query: page } })),
  cancel: (orderId: string, reason?: string) =>
    answerOf(
      api.POST('/api/orders/{orderId}/cancel', {
        params: { path: { orderId } },
        body: { ...(reason !== undefined && { reason }) },
      }),
    ),
});

export const paymentCalls = (api: Api) => {
  const get = (paymentId: string, signal?: AbortSignal) =>
    answerOf(
      api.GET('/api/payments/{paymentId}', {
        params: { path: { paymentId } },
        headers: WAIT,
        ...(signal && { signal }),
      }),
      signal,
    );
  return {
    get,
    prepare: (payment: Schemas['PaymentRequest']) => answerOf(api.POST('/api/payments/prepare', { body: payment })),
    approve: (paymentId: string, gatewayPaymentId: string) =>
      answerOf(
        api.POST('/api/payments/{paymentId}/approve', {
          params: { path: { paymentId } },
          body: { gatewayPaymentId },
        }),
      ),
    /** Prepares and approves in one. PENDING: the gateway has not said yet whether it charged; `result` waits for it. */
    pay: (payment: Schemas['PaymentAtOnce'], { idempotencyKey, signal }: Omit<OrderOptions, 'pass'> = {}) =>
      answerOf(
        api.POST('/api/payments', { body: payment, headers: withKey(idempotencyKey), ...(signal && { signal }) }),
        signal,
      ),
    /** Waits until it is known what became of a payment. Throws only when `signal` aborts. */
    result: async (paymentId: string, { signal }: Waiting = {}) => {
      for (;;) {
        const askedAt = performance.now();
        const answer = await get(paymentId, signal);
        if (!answer.ok || answer.value.status !== 'PENDING') return answer;
        if (performance.now() - askedAt < AGAIN_MS) await pause(aLittleLater(AGAIN_MS), signal);
      }
    },
  };
};
