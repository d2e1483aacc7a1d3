import { either as E, type taskEither as TE } from 'fp-ts';
import { type StockLine } from '../../ports/stock-gate.js';
import { type RequireActive, type RequireActiveError } from '../../waiting-room/require-active.js';
import { eventsOfLines, type EventOfProduct } from '../stock/events-of-lines.js';

export interface OrderAdmission {
  readonly userId: string;
  readonly lines: ReadonlyArray<StockLine>;
  /** Of the waiting room, if the client sent one. */
  readonly pass?: string;
}

/** Goods of an event with a waiting room are only for users who were let in: the order needs a place in every such room. */
export type AdmitOrder = (order: OrderAdmission) => TE.TaskEither<RequireActiveError, void>;

export interface AdmitOrderPorts {
  readonly eventOfProduct: EventOfProduct;
  readonly requireActive: RequireActive;
}

export const admitOrder = ({ eventOfProduct, requireActive }: AdmitOrderPorts): AdmitOrder => {
  const eventsOf = eventsOfLines(eventOfProduct);
  return ({ userId, lines, pass }) =>
    async () => {
      const events = await eventsOf({ lines })();
      if (E.isLeft(events)) return E.left({ code: 'UNAVAILABLE' });
      for (const eventId of events.right) {
        const allowed = await requireActive({ eventId, userId, ...(pass !== undefined && { pass }) })();
        if (E.isLeft(allowed)) return allowed;
      }
      return E.right(undefined);
    };
};
