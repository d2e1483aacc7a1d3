import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { type DeductRejection } from '../../../domain/stock/deduct-stock.js';
import { type ExtendRejection } from '../../../domain/stock/extend-hold.js';
import {
  type PurchaseLimitReached,
  type ReachedLimit,
  readPurchaseLimit,
} from '../../../domain/stock/purchase-limits.js';
import { type ReserveRejection } from '../../../domain/stock/reserve-stock.js';
import { notPublished } from '../../kernel/messaging/not-published.js';
import { STOCK_REQUESTS } from '../../kernel/messaging/topics.js';
import { oneOf } from '../../kernel/one-of.js';
import { askDecider, type AskedError } from '../../kernel/outcome/ask-decider.js';
import { type AskWriterPorts } from '../../kernel/outcome/ask-writer.js';
import { type Ids } from '../../ports/ids.js';
import { NO_ORDER, type StockRequest, stockRequestId, toStockMessage } from './stock-messages.js';
import { stockAnswers } from './stock-outcomes.js';

export interface AskStockPorts extends AskWriterPorts {
  readonly ids: Ids;
  readonly waitMs: number;
}

type OfOrder = Extract<StockRequest, { readonly orderId: string }>;
/** What is told and not waited for: of one order, or of many at once. */
export type Told = OfOrder | Extract<StockRequest, { readonly orderIds: ReadonlyArray<string> }>;
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
const isNotHeld = oneOf<DeductRejection | ExtendRejection>({ PRODUCT_NOT_FOUND: true, NOT_HELD: true });

/** A rejection as it is recorded, read; null when this version does not know it. */
type ReadRejection<Rejection> = (recorded: string) => Rejection | null;

const known =
  <Rejection extends string>(isRejection: (code: string) => code is Rejection): ReadRejection<Rejection> =>
  (recorded) =>
    isRejection(recorded) ? recorded : null;

const readNotReserved: ReadRejection<NotReserved> = (recorded) =>
  readPurchaseLimit(recorded) ?? known(isReserveRejection)(recorded);

const refused =
  <Rejection>(read: ReadRejection<Rejection>) =>
  (error: AskedError): AskStockError<Rejection> => {
    if (error.code !== 'REJECTED') return error;
    const rejection = read(error.rejection);
    return rejection === null ? { code: 'UNPROCESSABLE' } : { code: 'REJECTED', rejection };
  };

export const askStock = ({ ids, waitMs, ...ports }: AskStockPorts): AskStock => {
  const askStockWriter = askDecider(ports);
  const asking = (request: Told, correlationId: string) => {
    const requestId = stockRequestId('orderId' in request ? request.orderId : NO_ORDER, ids.next());
    return { requestId, message: toStockMessage(request, { requestId, correlationId, at: ports.clock.now() }) };
  };
  const ask = (request: OfOrder, correlationId: string): TE.TaskEither<AskedError, void> => {
    const asked = asking({ ...request, isAwaited: true }, correlationId);
    return F.pipe(
      askStockWriter({ ...asked, topic: STOCK_REQUESTS, answers: stockAnswers, waitMs }),
      TE.map(() => undefined),
    );
  };
  return {
    reserve: (request, correlationId) =>
      F.pipe(ask({ eventType: 'STOCK_RESERVE', ...request }, correlationId), TE.mapLeft(refused(readNotReserved))),
    extend: (request, correlationId) =>
      F.pipe(ask({ eventType: 'STOCK_EXTEND', ...request }, correlationId), TE.mapLeft(refused(known(isNotHeld)))),
    deduct: (request, correlationId) =>
      F.pipe(ask({ eventType: 'STOCK_DEDUCT', ...request }, correlationId), TE.mapLeft(refused(known(isNotHeld)))),
    tell: (request, correlationId) => async () => {
      const { message } = asking(request, correlationId);
      const published = await ports.log.publish(STOCK_REQUESTS, message)();
      return E.isRight(published) ? E.right(undefined) : E.left(notPublished[published.left]);
    },
  };
};
