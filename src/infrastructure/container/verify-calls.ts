import { function as F, taskEither as TE } from 'fp-ts';
import { type AdminUseCases } from '../../adapters/http/route-table.js';
import { paymentsWithNumber, tracesOf } from '../../application/checkout/audit/order-traces.js';
import { verifyOrder } from '../../application/checkout/audit/verify-order.js';
import { verifyOrderStock } from '../../application/checkout/audit/verify-order-stock.js';
import { deliveryStream } from '../../application/checkout/aggregates/delivery-aggregate.js';
import { orderStream } from '../../application/checkout/aggregates/order-aggregate.js';
import { type OrderVerified } from '../../application/checkout/audit/verify-order.js';
import { paymentStream } from '../../application/checkout/aggregates/payment-aggregate.js';
import { sagaStream } from '../../application/checkout/aggregates/order-parking.js';
import { stockStream } from '../../application/checkout/aggregates/stock-aggregate.js';
import { verifyCoupon } from '../../application/coupon/audit/verify-coupon.js';
import { couponRejectionsStream, couponStream } from '../../application/coupon/coupon-streams.js';
import { type ListParkedStreams, withParked } from '../../application/kernel/audit/parked.js';
import { type LoadAggregatePorts } from '../../application/kernel/writer/load-aggregate.js';
import { rejectionsStream } from '../../application/kernel/writer/rejected-requests.js';
import { type Clock } from '../../application/ports/clock.js';
import { type MessageLog } from '../../application/ports/message-log.js';
import { type ReadModels } from '../../application/ports/read-models.js';
import { verifySchedule } from '../../application/waiting-room/audit/verify-schedule.js';
import { waitingRoomStream } from '../../application/waiting-room/waiting-streams.js';

export interface VerifyPorts extends LoadAggregatePorts {
  readonly messageLog: MessageLog;
  readonly readModels: ReadModels;
  readonly clock: Clock;
  readonly listParked: ListParkedStreams;
}

type VerifyCalls = Pick<AdminUseCases, 'verifyCoupon' | 'verifySchedule' | 'verifyOrder' | 'verifyOrderStock'>;

/** The verdicts operators ask for: each with the rule that no consumer skips a stream of what is verified. */
export const verifyCalls = ({ listParked, ...ports }: VerifyPorts): VerifyCalls => {
  const judged = withParked(listParked);
  const looks = { paymentsWithNumber: paymentsWithNumber(ports), tracesOf: tracesOf(ports) };
  const order = verifyOrder({ ...ports, ...looks });
  const streamsOfOrder = ({ orderId, paymentIds }: OrderVerified): ReadonlySet<string> =>
    new Set([orderStream(orderId), sagaStream(orderId), deliveryStream(orderId), ...paymentIds.map(paymentStream)]);
  return {
    verifyCoupon: (id, { onProgress }) =>
      F.pipe(
        verifyCoupon(ports)(id, ({ done }) => onProgress({ done, total: null })),
        TE.flatMap((verified) => judged(verified, new Set([couponStream(id), couponRejectionsStream(id)]))),
      ),
    verifySchedule: (id, { onProgress }) =>
      F.pipe(
        verifySchedule(ports)(id, (done) => onProgress({ done, total: null })),
        TE.flatMap((verified) => judged(verified, new Set([waitingRoomStream(id), rejectionsStream('waiting', id)]))),
      ),
    verifyOrder: (id) =>
      F.pipe(
        order(id),
        TE.flatMap((verified) => judged(verified, streamsOfOrder(verified))),
      ),
    verifyOrderStock: (id, { onProgress }) =>
      F.pipe(
        verifyOrderStock(ports)(id, (done) => onProgress({ done, total: null })),
        TE.flatMap((verified) => judged(verified, new Set([stockStream(id), rejectionsStream('stock', id)]))),
      ),
  };
};
