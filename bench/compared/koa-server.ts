import Koa from 'koa';
import { z } from 'zod';

export interface Ask {
  readonly couponId: string;
  readonly userId: string;
  readonly requestId: string;
}

/** What is compared speaks as much of the product's API as the load generator uses. */
export interface Compared {
  readonly create: (couponId: string, quantity: number) => Promise<void>;
  readonly ask: (ask: Ask) => Promise<'ACCEPTED' | 'SOLD_OUT' | 'ALREADY_REQUESTED'>;
  /** `PROCESSING` or the final status. */
  readonly status: (requestId: string) => Promise<string>;
}

const coupon = z.object({ couponId: z.string(), quantity: z.number() });
const request = z.object({ userId: z.string(), requestId: z.string() });
const ISSUE = /^\/api\/coupons\/([\w-]+)\/issue$/;
const STATUS = /^\/api\/coupons\/issue-status\/([\w-]+)$/;

const bodyOf = async (ctx: Koa.Context): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
};

/** Koa with nothing around it: no router, no middleware, a body read by hand. */
export const serveKoa = ({ create, ask, status }: Compared): void => {
  const koa = new Koa();
  koa.use(async (ctx) => {
    const issue = ISSUE.exec(ctx.path)?.[1];
    if (issue !== undefined) {
      const asked = { couponId: issue, ...request.parse(await bodyOf(ctx)) };
      const answer = await ask(asked);
      ctx.status = answer === 'ACCEPTED' ? 202 : 409;
      ctx.body = answer === 'ACCEPTED' ? { ...asked, status: 'PENDING', message: 'Accepted' } : { code: answer };
      return;
    }
    const requestId = STATUS.exec(ctx.path)?.[1];
    if (requestId !== undefined) ctx.body = { requestId, status: await status(requestId) };
    else if (ctx.path === '/api/coupons') {
      const { couponId, quantity } = coupon.parse(await bodyOf(ctx));
      await create(couponId, quantity);
      ctx.body = { couponId };
    } else if (ctx.path === '/health/ready') ctx.body = {};
  });
  koa.listen(Number(process.env['HTTP_PORT']), '127.0.0.1', 4_096);
};
