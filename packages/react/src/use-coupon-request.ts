import { type Answer, type AskForCoupon, type Client, type CouponOutcome, type Problem } from '@doorbuster/client';
import { useCall } from './use-call.js';

/** Asks for a coupon and waits for the outcome: DONE says by its `value.status` whether it is theirs. */
export const useCouponRequest = (client: Client) =>
  useCall(async (signal, request: Omit<AskForCoupon, 'signal'>): Promise<Answer<CouponOutcome, Problem>> => {
    const asked = await client.requestCoupon({ ...request, signal });
    return asked.ok ? asked.value.result({ signal }) : asked;
  });
