import { either as E, type taskEither as TE } from 'fp-ts';
import { recentlyUsed } from '../../kernel/recently-used.js';
import { type Position } from '../../ports/event-store.js';
import { type Driven, type DriveOrder } from './drive-order.js';

/** The drives of this process: for an event that one of them has taken care of, an order needs no other drive. */
export interface OwnDrives {
  readonly watched: (drive: DriveOrder) => DriveOrder;
  /** Work of this process that records that a payment is charged, and then pays its order. Begun before the record, which others may see at once. */
  readonly settling: <Error, Paid extends Driven>(orderId: string, work: Work<Error, Paid>) => Work<Error, Paid>;
  /**
   * Whether the order was driven to its end as of this event of it, or a later one; waits for a drive that is under way.
   * False also where nobody remembers.
   */
  readonly haveSeen: (orderId: string, position: Position) => Promise<boolean>;
  /**
   * Whether this process paid the order after this event of a payment. If so, the event OrderPaid follows, and that one drives the
   * order to its end. Waits only for what settles a payment, because a drive may be waiting for the gateway.
   */
  readonly havePaidAfter: (orderId: string, position: Position) => Promise<boolean>;
}

type Work<Error, Done extends Driven> = TE.TaskEither<Error, Done>;

/** More than are driven between an event and the process that follows events seeing it. */
const MOST_REMEMBERED = 20_000;

/** Drives of one kind: those that are under way, and how far they have brought their orders. */
const drivesOf = (isThere: (driven: Driven) => boolean) => {
  const running = new Map<string, Promise<unknown>>();
  const reached = recentlyUsed<string, Position>(MOST_REMEMBERED);

  const run = async <Error, Done extends Driven>(work: Work<Error, Done>, orderId: string) => {
    const driven = await work();
    if (E.isRight(driven) && isThere(driven.right)) reached.set(orderId, driven.right.position);
    return driven;
  };
  return {
    watched:
      <Error, Done extends Driven>(work: Work<Error, Done>, orderId: string): Work<Error, Done> =>
      async () => {
        const ended = run(work, orderId);
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
    watched: (drive) => (driving) =>
      driving.upTo === 'END' ? toTheEnd.watched(drive(driving), driving.orderId) : drive(driving),
    settling: (orderId, work) => toBePaid.watched(work, orderId),
    haveSeen: toTheEnd.haveReached,
    havePaidAfter: toBePaid.haveReached,
  };
};
