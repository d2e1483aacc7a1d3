import { type AdminUseCases } from '../../adapters/http/route-table.js';
import { ordersView } from '../../application/checkout/order/views/orders.js';
import { ordersOfUser } from '../../application/checkout/order/find-orders.js';
import { pointsOfUser } from '../../application/checkout/points/points-of-user.js';
import { couponsOfUser } from '../../application/coupon/coupons-of-user.js';
import { actsAbout } from '../../application/operating/audit-trail/find-acts.js';
import { exportUser } from '../../application/operating/personal-data/export-user.js';
import { timelineOfUser } from '../../application/operating/timeline/timeline-of-user.js';
import { awaitVisibleIn } from '../../application/kernel/projection/await-visible.js';
import { eraseUser, type EraseUserPorts } from '../../application/operating/personal-data/erase-user.js';

/** Views follow within milliseconds; if no process keeps them current, waiting longer would not help. */
const VISIBLE_MS = 1_000;

/** Operators' calls about what identifies a person. */
export const personalDataCalls = (
  ports: Omit<EraseUserPorts, 'awaitVisible'>,
): Pick<AdminUseCases, 'eraseUser' | 'exportUser'> => ({
  exportUser: exportUser({
    ordersOfUser: ordersOfUser(ports),
    couponsOfUser: couponsOfUser(ports),
    pointsOfUser: pointsOfUser(ports),
    timelineOfUser: timelineOfUser(ports),
    actsAbout: actsAbout(ports),
    clock: ports.clock,
  }),
  eraseUser: eraseUser({ ...ports, awaitVisible: awaitVisibleIn(ports, VISIBLE_MS)(ordersView) }),
});
