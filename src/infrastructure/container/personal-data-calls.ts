import { type AdminUseCases } from '../../adapters/http/admin-use-cases.js';
import { ordersView } from '../../application/checkout/order/views/orders.js';
import { awaitVisibleIn } from '../../application/kernel/projection/await-visible.js';
import { eraseUser, type EraseUserPorts } from '../../application/operating/personal-data/erase-user.js';

/** Views follow within milliseconds; where nobody keeps them, waiting longer would not help. */
const VISIBLE_MS = 1_000;

/** Operators' calls about what identifies a person. */
export const personalDataCalls = (ports: Omit<EraseUserPorts, 'awaitVisible'>): Pick<AdminUseCases, 'eraseUser'> => ({
  eraseUser: eraseUser({ ...ports, awaitVisible: awaitVisibleIn(ports, VISIBLE_MS)(ordersView) }),
});
