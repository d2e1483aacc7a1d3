import { either as E } from 'fp-ts';
import { recentlyUsed } from '../../kernel/recently-used.js';
import { type Position } from '../../ports/event-store.js';
import { type Driven, type DriveOrder } from './drive-order.js';

/** The drives of this process: for an event that one of them has taken care of, an order needs no other drive. */
export interface OwnDrives {
  readonly watched: (drive: DriveOrder) => DriveOrder;
  /**
   * Whether the order was driven to its end as of this event of it, or a later one; waits for a drive that is under way.
   * False also where nobody remembers.
   */
  readonly haveSeen: (orderId: string, position: Position) => Promise<boolean>;
  /**
   * Whether this process paid the order after this event of a payment. If so, the event OrderPaid follows, and that one drives the
   * order to its end. Waits only for a drive that pays the order, because any other may be waiting for the gateway.
   */
  readonly havePaidAfter: (orderId: string, position: Position) => Promise<boolean>;
}

/** More than are driven between an event and the process that follows events seeing it. */
const MOST_REMEMBERED = 20_000;

/** Drives of one kind: those that are under way, and how far they have brought their orders. */
const drivesOf = (isThere: (driven: Driven) => boolean) => {
  const running = new Map<string, Promise<unknown>>();
  const reached = recentlyUsed<string, Position>(MOST_REMEMBERED);

  const run = async (drive: ReturnType<DriveOrder>, orderId: string) => {
    const driven = await drive();
    if (E.isRight(driven) && isThere(driven.right)) reached.set(orderId, driven.right.position);
    return driven;
  };
  return {
    watched:
      (drive: ReturnType<DriveOrder>, orderId: string): ReturnType<DriveOrder> =>
      async () => {
        const ended = run(drive, orderId);
        running.set(orderId, ended);
        try {
          return await ended;
        } finally {
          if (running.get(orderId) === ended) running.delete(orderId);
        }
      },
    haveReached: async (orderId: string, position: Position): Promise<boolean> => {
      await running.get(orderId)?.catch(() => undefined);
      return (reached.get(orderId) ?? -Infinity) >= position;
    },
  };
};

/** The deadline that ends an order also gives everything back: then the event of its end asks for no more. */
export const ownDrives = (): OwnDrives => {
  const toTheEnd = drivesOf(({ waitsFor }) => waitsFor.length === 0);
  const toBePaid = drivesOf(({ order }) => order.status === 'PAID');
  return {
    watched: (drive) => (driving) => {
      if (driving.upTo === 'END') return toTheEnd.watched(drive(driving), driving.orderId);
      // Only the call that pays an order passes its payments along.
      return driving.known?.payments === undefined ? drive(driving) : toBePaid.watched(drive(driving), driving.orderId);
    },
    haveSeen: toTheEnd.haveReached,
    havePaidAfter: toBePaid.haveReached,
  };
};
