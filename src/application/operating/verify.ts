import { function as F, taskEither as TE } from 'fp-ts';
import { deliveryStream } from '../checkout/aggregates/delivery-aggregate.js';
import { orderStream } from '../checkout/aggregates/order-aggregate.js';
import { sagaStream } from '../checkout/aggregates/order-parking.js';
import { paymentStream } from '../checkout/aggregates/payment-aggregate.js';
import { stockStream } from '../checkout/aggregates/stock-aggregate.js';
import { paymentsWithNumber, tracesOf } from '../checkout/audit/order-traces.js';
import { verifyOrderStock } from '../checkout/audit/verify-order-stock.js';
import { verifyOrder } from '../checkout/audit/verify-order.js';
import { verifyCoupon } from '../coupon/audit/verify-coupon.js';
import { couponRejectionsStream, couponStream } from '../coupon/coupon-aggregate.js';
import { type Verdict } from '../kernel/audit/audit.js';
import { type ListParkedStreams, unjudged, withParked } from '../kernel/audit/parked.js';
import { type LoadAggregatePorts } from '../kernel/writer/load-aggregate.js';
import { rejectionsStream } from '../kernel/writer/rejected-requests.js';
import { type Ports } from '../ports/ports.js';
import { verifySchedule } from '../waiting-room/audit/verify-schedule.js';
import { waitingRoomStream } from '../waiting-room/waiting-room-aggregate.js';

export interface VerifyPorts extends LoadAggregatePorts, Pick<Ports, 'messageLog' | 'readModels' | 'clock'> {
  readonly listParked: ListParkedStreams;
}

/** How far a count has come; `total` null while it is not known. */
export interface Count {
  readonly done: number;
  readonly total: number | null;
}

interface Watched {
  readonly onProgress: (step: Count) => void;
}

/** The verdicts operators ask for: each with the rule that no consumer skips a stream of what is verified, and that every event can be read. */
export const verifying = ({ listParked, ...ports }: VerifyPorts) => {
  const judged = withParked(listParked);
  const counting =
    <Failure extends { readonly code: string }, A extends Verdict>(
      verify: (id: string, onProgress: (done: number) => void) => TE.TaskEither<Failure, A>,
      streamsOf: (id: string, verified: A) => ReadonlyArray<string>,
    ) =>
    (id: string, { onProgress }: Watched): TE.TaskEither<Failure | { readonly code: 'UNAVAILABLE' }, Verdict> => {
      const verdict = F.pipe(
        verify(id, (done) => onProgress({ done, total: null })),
        TE.flatMap((verified) => judged(verified, new Set(streamsOf(id, verified)))),
      );
      return () => verdict().catch(unjudged);
    };
  const looks = { paymentsWithNumber: paymentsWithNumber(ports), tracesOf: tracesOf(ports) };
  return {
    verifyCoupon: counting(verifyCoupon(ports), (id) => [couponStream(id), couponRejectionsStream(id)]),
    verifySchedule: counting(verifySchedule(ports), (id) => [waitingRoomStream(id), rejectionsStream('waiting', id)]),
    verifyOrder: counting(verifyOrder({ ...ports, ...looks }), (id, { paymentIds }) => [
      ...[orderStream(id), sagaStream(id), deliveryStream(id)],
      ...paymentIds.map(paymentStream),
    ]),
    verifyOrderStock: counting(verifyOrderStock(ports), (id) => [stockStream(id), rejectionsStream('stock', id)]),
  };
};
