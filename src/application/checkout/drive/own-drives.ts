import { either as E } from 'fp-ts';
import { recentlyUsed } from '../../kernel/recently-used.js';
import { type Position } from '../../ports/event-store.js';
import { type DriveOrder } from './drive-order.js';

/** The drives of this process: for an event that one of them has taken care of, an order needs no other drive. */
export interface OwnDrives {
  readonly watched: (drive: DriveOrder) => DriveOrder;
  /**
   * Whether the order was driven to its end as of this event of it, or a later one; waits for a drive that is under way.
   * False also where nobody remembers.
   */
  readonly haveSeen: (orderId: string, position: Position) => Promise<boolean>;
}

/** More than are driven between an event and the process that follows events seeing it. */
const MOST_REMEMBERED = 20_000;

/** The deadline that ends an order also gives everything back: then the event of its end asks for no more. */
export const ownDrives = (): OwnDrives => {
  const running = new Map<string, Promise<unknown>>();
  const reached = recentlyUsed<string, Position>(MOST_REMEMBERED);

  const toTheEnd = async (drive: ReturnType<DriveOrder>, orderId: string) => {
    const driven = await drive();
    if (E.isRight(driven) && driven.right.waitsFor.length === 0) reached.set(orderId, driven.right.position);
    return driven;
  };
  return {
    watched: (drive) => (driving) => {
      const { orderId, upTo } = driving;
      if (upTo !== 'END') return drive(driving);
      return async () => {
        const ended = toTheEnd(drive(driving), orderId);
        running.set(orderId, ended);
        try {
          return await ended;
        } finally {
          if (running.get(orderId) === ended) running.delete(orderId);
        }
      };
    },
    haveSeen: async (orderId, position) => {
      await running.get(orderId)?.catch(() => undefined);
      return (reached.get(orderId) ?? -Infinity) >= position;
    },
  };
};
