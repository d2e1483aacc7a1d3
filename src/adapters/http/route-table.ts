import { type ReadBoard } from '../../application/operating/board/read-board.js';
import { type NoticeHub } from '../../application/notices/notice-hub.js';
import { type Lifecycle } from './lifecycle.js';
import { type HttpServerOptions } from './options.js';
import { type Route } from './route.js';
import { adminAuditRoute } from './routes/admin-audit.js';
import { adminCheckRoutes } from './routes/admin-checks.js';
import { adminDeadLetterRoutes } from './routes/admin-dead-letters.js';
import { adminParkingRoutes } from './routes/admin-parking.js';
import { adminOrderRoutes } from './routes/admin-orders.js';
import { adminProjectionRoutes } from './routes/admin-projections.js';
import { adminPersonalDataRoutes } from './routes/admin-personal-data.js';
import { adminExportRoutes } from './routes/admin-exports.js';
import { adminPeopleRoutes, adminTimelineRoute } from './routes/admin-people.js';
import { adminStreamRoute } from './routes/admin-stream.js';
import { adminWebhookRoutes } from './routes/admin-webhooks.js';
import { consoleRoutes } from './routes/console.js';
import { couponRoute, createCouponRoute, couponsOfUserRoute } from './routes/coupons.js';
import { demoRoutes } from './routes/demo.js';
import { docsRoutes } from './routes/docs.js';
import { eventRoutes } from './routes/events.js';
import { healthRoutes, metricsRoute } from './routes/health.js';
import { issueStatusRoute, userIssueStatusRoute } from './routes/issue-status.js';
import { operateCouponRoutes } from './routes/operate-coupon.js';
import { operateOrderRoutes } from './routes/operate-order.js';
import { type DemandChallenge } from './limits/demand-challenge.js';
import { orderRoutes } from './routes/orders.js';
import { paymentRoutes } from './routes/payments.js';
import { pointsRoutes } from './routes/points.js';
import { productRoutes } from './routes/products.js';
import { requestCouponRoute } from './routes/request-coupon.js';
import { subscribeRoute, streamTicketRoute } from './routes/subscribe.js';
import { type Subscribe } from './sse/subscriptions.js';
import { type WatchBoard } from './sse/watch-board.js';
import { sealsRoute } from './routes/seals.js';
import { scheduleRoutes } from './routes/schedules.js';
import { waitingTokenRoutes } from './routes/waiting-token.js';
import { type LongPoll } from './long-poll.js';

type Takes<Routes extends (useCases: never, ...rest: ReadonlyArray<never>) => unknown> = Parameters<Routes>[0];

/** What HTTP drives of each context: what its routes take. */
export type CouponUseCases = Takes<typeof requestCouponRoute> &
  Takes<typeof issueStatusRoute> &
  Takes<typeof userIssueStatusRoute> &
  Takes<typeof couponRoute> &
  Takes<typeof couponsOfUserRoute> &
  Takes<typeof createCouponRoute> &
  Takes<typeof operateCouponRoutes>;
export type WaitingUseCases = Takes<typeof waitingTokenRoutes> & Takes<typeof scheduleRoutes>;
export type EventUseCases = Takes<typeof eventRoutes>;
export type OrderUseCases = Takes<typeof productRoutes> &
  Takes<typeof pointsRoutes> &
  Takes<typeof orderRoutes> &
  Takes<typeof operateOrderRoutes> &
  Takes<typeof paymentRoutes>;
export type HistoryUseCases = Takes<typeof sealsRoute>;
export type AdminUseCases = Takes<typeof adminProjectionRoutes> &
  Takes<typeof adminDeadLetterRoutes> &
  Omit<Takes<typeof adminCheckRoutes>, 'verifyHistory'> &
  Takes<typeof adminOrderRoutes> &
  Takes<typeof adminParkingRoutes> &
  Takes<typeof adminWebhookRoutes> &
  Takes<typeof adminTimelineRoute> &
  Takes<typeof adminPersonalDataRoutes> &
  Takes<typeof adminAuditRoute>;
/** What the console needs beside the command line's calls. */
export type ConsoleUseCases = Pick<Takes<typeof adminCheckRoutes>, 'verifyHistory'> &
  Pick<Takes<typeof adminPeopleRoutes>, 'findPerson'> &
  Takes<typeof adminExportRoutes> & { readonly readBoard: ReadBoard };
export type AllUseCases = CouponUseCases &
  WaitingUseCases &
  EventUseCases &
  OrderUseCases &
  HistoryUseCases &
  AdminUseCases &
  ConsoleUseCases & { readonly connectNotices: NoticeHub['connect'] };

export interface RouteTable {
  /** Looked at first: what comes by the thousand. */
  readonly hot: ReadonlyArray<Route>;
  readonly others: ReadonlyArray<Route>;
}

/** Every call there is: routed, validated and documented from here. Within a list the first match wins. */
export const routeTable = (
  useCases: AllUseCases,
  {
    health,
    trouble,
    metrics,
    version,
    partitions = 3,
    demand,
    longPoll,
    askAgainWithinMs,
    subscribe,
    watchBoard,
    streamTickets,
    clock,
    consoleFolder,
    personalFields,
  }: Partial<HttpServerOptions> &
    Pick<HttpServerOptions, 'health' | 'metrics' | 'version' | 'streamTickets' | 'clock'> & {
      readonly demand: DemandChallenge;
      readonly longPoll: LongPoll;
      readonly askAgainWithinMs: number;
      readonly subscribe: Subscribe;
      readonly watchBoard: WatchBoard;
    },
  lifecycle: Lifecycle,
): RouteTable => {
  const hot = [requestCouponRoute(useCases, demand), issueStatusRoute(useCases, longPoll)];
  const others = [
    couponRoute(useCases),
    userIssueStatusRoute(useCases, longPoll),
    couponsOfUserRoute(useCases),
    createCouponRoute(useCases),
    ...operateCouponRoutes(useCases),
    ...waitingTokenRoutes(useCases, longPoll, demand, askAgainWithinMs),
    ...scheduleRoutes(useCases),
    sealsRoute(useCases),
    ...eventRoutes(useCases, longPoll),
    ...productRoutes(useCases),
    ...pointsRoutes(useCases),
    ...orderRoutes(useCases, longPoll, demand, personalFields),
    ...operateOrderRoutes(useCases),
    ...paymentRoutes(useCases, longPoll),
    streamTicketRoute(streamTickets, clock),
    subscribeRoute(subscribe),
    ...demoRoutes(),
    ...healthRoutes({ health, ...(trouble && { trouble }) }, lifecycle),
    metricsRoute(metrics),
    ...adminProjectionRoutes(useCases),
    ...adminDeadLetterRoutes(useCases),
    ...adminCheckRoutes(useCases),
    ...adminOrderRoutes(useCases),
    ...adminParkingRoutes(useCases),
    ...adminWebhookRoutes(useCases),
    adminTimelineRoute(useCases),
    ...adminPersonalDataRoutes(useCases),
    adminAuditRoute(useCases),
    ...adminPeopleRoutes(useCases),
    ...adminExportRoutes(useCases),
    adminStreamRoute(watchBoard),
    ...consoleRoutes(consoleFolder),
  ];
  return { hot, others: [...others, ...docsRoutes([...hot, ...others], version, partitions)] };
};
