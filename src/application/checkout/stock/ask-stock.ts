import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { type DeductRejection } from '../../../domain/stock/deduct-stock.js';
import { type ExtendRejection } from '../../../domain/stock/extend-hold.js';
import {
  type PurchaseLimitReached,
  type ReachedLimit,
  readPurchaseLimit,
} from '../../../domain/stock/purchase-limits.js';
import { type ReserveRejection } from '../../../domain/stock/reserve-stock.js';
import { eventId } from '../../kernel/writer/event-ids.js';
import { oneOf } from '../../kernel/one-of.js';
import { type AskedError, askWriter, type AskWriterPorts } from '../../kernel/outcome/ask-writer.js';
import { ALREADY_DONE } from '../../kernel/writer/rejected-requests.js';
import { STOCK_REQUESTS } from '../../kernel/messaging/topics.js';
import { type Ids } from '../../ports/ids.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { stockStream } from './stock-aggregate.js';
import { NO_ORDER, type StockRequest, stockRequestId, toStockMessage } from './stock-messages.js';
import { stockHoldId, stockHoldsView } from './views/stock-holds.js';

export interface AskStockPorts extends AskWriterPorts {
  readonly ids: Ids;
  readonly waitMs: number;
}

type OfOrder = Extract<StockRequest, { readonly orderId: string }>;
/** What is told and not waited for: of one order, or of many at once. */
type Told = OfOrder | Extract<StockRequest, { readonly eventType: 'STOCK_RESTORE_HOLDS' }>;
type Asked<Type extends OfOrder['eventType']> = Omit<
  Extract<OfOrder, { readonly eventType: Type }>,
  'eventType' | 'isAwaited'
>;

/** Why the writer of a product's stock did not do what it was asked. */
export type AskStockError<Rejection> =
  | Exclude<AskedError, { readonly code: 'REJECTED' }>
  | { readonly code: 'REJECTED'; readonly rejection: Rejection }
  /** It could not be decided, or by a rule this version does not know: set aside, for operators to look at. */
  | { readonly code: 'UNPROCESSABLE' };

type Ask<Type extends OfOrder['eventType'], Rejection> = (
  request: Asked<Type>,
  correlationId: string,
) => TE.TaskEither<AskStockError<Rejection>, void>;

/** Why a product was not reserved: by its code, or the limit its buyer reached. */
export type NotReserved = Exclude<ReserveRejection, PurchaseLimitReached> | ReachedLimit;

/** The one way to the writer of a product's stock. What is asked is waited for, bounded, until its very answer is seen. */
export interface AskStock {
  readonly reserve: Ask<'STOCK_RESERVE', NotReserved>;
  readonly extend: Ask<'STOCK_EXTEND', ExtendRejection>;
  readonly deduct: Ask<'STOCK_DEDUCT', DeductRejection>;
  /** Durably asked, not waited for: giving back cannot be refused. */
  readonly tell: (
    request: Told,
    correlationId: string,
  ) => TE.TaskEither<'OVERLOADED' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN', void>;
}

const isReserveRejection = oneOf<Exclude<ReserveRejection, PurchaseLimitReached>>({
  PRODUCT_NOT_FOUND: true,
  SOLD_OUT: true,
  INSUFFICIENT_STOCK: true,
  CLAIM_ENDED: true,
  CLAIM_DIFFERS: true,
});
const isExtendRejection = oneOf<ExtendRejection>({ PRODUCT_NOT_FOUND: true, NOT_HELD: true });
const isDeductRejection = oneOf<DeductRejection>({ PRODUCT_NOT_FOUND: true, NOT_HELD: true });

/** A rejection as it is recorded, read; null when this version does not know it. */
type ReadRejection<Rejection> = (recorded: string) => Rejection | null;

const known =
  <Rejection extends string>(isRejection: (code: string) => code is Rejection): ReadRejection<Rejection> =>
  (recorded) =>
    isRejection(recorded) ? recorded : null;

const readNotReserved: ReadRejection<NotReserved> = (recorded) =>
  readPurchaseLimit(recorded) ?? known(isReserveRejection)(recorded);

const answered =
  <Rejection>(read: ReadRejection<Rejection>) =>
  (error: AskedError): E.Either<AskStockError<Rejection>, void> => {
    if (error.code !== 'REJECTED') return E.left(error);
    if (error.rejection === ALREADY_DONE) return E.right(undefined);
    const rejection = read(error.rejection);
    return E.left(rejection === null ? { code: 'UNPROCESSABLE' } : { code: 'REJECTED', rejection });
  };

export const askStock = ({ ids, waitMs, ...ports }: AskStockPorts): AskStock => {
  const reader = liveReader(ports.readModels);
  const publishing = askWriter(ports);
  const asking = (request: Told, correlationId: string) => {
    const requestId = stockRequestId('orderId' in request ? request.orderId : NO_ORDER, ids.next());
    return { requestId, message: toStockMessage(request, { requestId, correlationId, at: ports.clock.now() }) };
  };
  const ask = (request: OfOrder, correlationId: string): TE.TaskEither<AskedError, void> => {
    const asked = asking({ ...request, isAwaited: true }, correlationId);
    const id = stockHoldId(request.orderId, request.productId);
    // What the claim is like says nothing about this request: it may be so from before, and be over by now.
    const answer = eventId(stockStream(request.productId), asked.requestId, 0);
    const read = F.pipe(
      reader.get(stockHoldsView, id),
      TE.map(O.filterMap(({ events }) => (events.includes(answer) ? O.some(undefined) : O.none))),
    );
    const where = { topic: STOCK_REQUESTS, context: 'stock', view: stockHoldsView.name, id } as const;
    return publishing({ ...asked, ...where, read, waitMs });
  };
  const orElse = <Rejection>(read: ReadRejection<Rejection>) =>
    TE.orElse((error: AskedError) => TE.fromEither(answered(read)(error)));
  return {
    reserve: (request, correlationId) =>
      F.pipe(ask({ eventType: 'STOCK_RESERVE', ...request }, correlationId), orElse(readNotReserved)),
    extend: (request, correlationId) =>
      F.pipe(ask({ eventType: 'STOCK_EXTEND', ...request }, correlationId), orElse(known(isExtendRejection))),
    deduct: (request, correlationId) =>
      F.pipe(ask({ eventType: 'STOCK_DEDUCT', ...request }, correlationId), orElse(known(isDeductRejection))),
    tell: (request, correlationId) => async () => {
      const { message } = asking(request, correlationId);
      const published = await ports.log.publish(STOCK_REQUESTS, message)();
      if (E.isRight(published)) return E.right(undefined);
      switch (published.left) {
        case 'LogOverloaded':
          return E.left('OVERLOADED');
        case 'PublishFailed':
          return E.left('UNAVAILABLE');
        case 'PublishOutcomeUnknown':
          return E.left('OUTCOME_UNKNOWN');
      }
    },
  };
};
