import { type AdminUseCases } from '../../adapters/http/admin-use-cases.js';
import {
  compensateSaga,
  listSagas,
  type OperateSagasPorts,
  replaySaga,
} from '../../application/checkout/parking/operate-parked.js';
import { boughtOfEvent, type FindOrdersPorts } from '../../application/checkout/order/find-orders.js';

type SagaCalls = Pick<AdminUseCases, 'boughtOfEvent' | 'listSagas' | 'replaySaga' | 'compensateSaga'>;

/** Operators' calls about orders: what is parked, and what becomes of it. */
export const sagaCalls = (ports: OperateSagasPorts & FindOrdersPorts): SagaCalls => ({
  boughtOfEvent: boughtOfEvent(ports),
  listSagas: listSagas(ports),
  replaySaga: replaySaga(ports),
  compensateSaga: compensateSaga(ports),
});
