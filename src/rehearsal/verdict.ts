import { type Answer, answerOf } from '../../packages/client/src/index.js';
import { type Callers } from './client/callers.js';

/** PASS or FAIL from the events; UNKNOWN when the operator's call could not be made, which proves nothing. */
export interface Verdict {
  readonly verdict: 'PASS' | 'FAIL' | 'UNKNOWN';
  readonly reasons: ReadonlyArray<string>;
}

type What = 'coupons' | 'schedules' | 'products' | 'orders';

interface Report {
  readonly verdict: 'PASS' | 'FAIL';
  readonly reasons: ReadonlyArray<unknown>;
}

const verify = ({ operator: { api } }: Callers, what: What, id: string): Promise<Answer<Report>> => {
  switch (what) {
    case 'coupons':
      return answerOf(api.GET('/admin/coupons/{couponId}/verify', { params: { path: { couponId: id } } }));
    case 'schedules':
      return answerOf(api.GET('/admin/schedules/{scheduleId}/verify', { params: { path: { scheduleId: id } } }));
    case 'products':
      return answerOf(api.GET('/admin/products/{productId}/verify', { params: { path: { productId: id } } }));
    case 'orders':
      return answerOf(api.GET('/admin/orders/{orderId}/verify', { params: { path: { orderId: id } } }));
  }
};

const said = (reason: unknown): string => (typeof reason === 'string' ? reason : JSON.stringify(reason));

/** What `doorbuster verify` says of one of them, asked of the running server. */
export const verdictOf = async (callers: Callers, what: What, id: string): Promise<Verdict> => {
  const answer = await verify(callers, what, id);
  if (answer.ok) return { verdict: answer.value.verdict, reasons: answer.value.reasons.map(said) };
  const answered = callers.describeRefusal(answer.problem);
  return { verdict: 'UNKNOWN', reasons: [`the server answered an operator's call with ${answered}`] };
};
