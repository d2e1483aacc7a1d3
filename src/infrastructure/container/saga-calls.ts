import { function as F, taskEither as TE } from 'fp-ts';
import { type AdminUseCases } from '../../adapters/http/admin-use-cases.js';
import {
  compensateSaga,
  listSagas,
  type OperateSagasPorts,
  replaySaga,
} from '../../application/checkout/sagas/operate-sagas.js';
import { boughtOfEvent } from '../../application/checkout/order/find-orders.js';
import { paymentsWithNumber, verifyOrder } from '../../application/checkout/sagas/verify-order.js';
import { verifyOrderStock } from '../../application/checkout/sagas/verify-order-stock.js';
import { type Check } from '../../application/kernel/audit/check.js';

const withReasons = <A extends { readonly checks: ReadonlyArray<Check> }>(verified: A) => ({
  ...verified,
  reasons: verified.checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`),
});

type SagaCalls = Pick<
  AdminUseCases,
  'verifyOrder' | 'verifyOrderStock' | 'boughtOfEvent' | 'listSagas' | 'replaySaga' | 'compensateSaga'
>;

/** Operators' calls about orders: is anything half done, what is parked, and what becomes of it. */
export const sagaCalls = (ports: OperateSagasPorts): SagaCalls => ({
  verifyOrder: (orderId) =>
    F.pipe(verifyOrder({ ...ports, paymentsWithNumber: paymentsWithNumber(ports) })(orderId), TE.map(withReasons)),
  verifyOrderStock: (productId, { onProgress }) =>
    F.pipe(
      verifyOrderStock(ports, ports.clock.now)(productId, (done) => onProgress({ done, total: null })),
      TE.map(withReasons),
    ),
  boughtOfEvent: boughtOfEvent(ports),
  listSagas: listSagas(ports),
  replaySaga: replaySaga(ports),
  compensateSaga: compensateSaga(ports),
});
