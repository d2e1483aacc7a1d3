import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';

const bodyOf = ({ request }: Koa.Context): unknown => ('body' in request ? request.body : null);

/** The yardstick: a route and a body parser as anybody would take them. Nothing is checked, kept or decided. */
const router = new Router();
router.post('/api/coupons/:couponId/issue', (ctx) => {
  const { couponId } = ctx.params;
  ctx.status = 202;
  ctx.body = { couponId, asked: bodyOf(ctx), status: 'PENDING', message: 'Accepted' };
});
router.get('/api/coupons/issue-status/:requestId', (ctx) => {
  ctx.body = { requestId: ctx.params['requestId'], status: 'SUCCESS' };
});
router.post('/api/coupons', (ctx) => {
  ctx.body = bodyOf(ctx);
});
router.get('/health/ready', (ctx) => {
  ctx.body = {};
});
new Koa().use(bodyParser()).use(router.routes()).listen(Number(process.env['HTTP_PORT']), '127.0.0.1', 4_096);
