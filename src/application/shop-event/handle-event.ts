import { either as E, type taskEither as TE } from 'fp-ts';
import { evolve, type Sale, unknownSale } from '../../domain/shop-event/event.js';
import { type SaleEvent } from '../../domain/shop-event/events.js';
import { type AwaitVisible } from '../kernel/projection/await-visible.js';
import { type LoadAggregatePorts } from '../kernel/writer/load-aggregate.js';
import { failure, loadDecideAppend } from '../kernel/writer/load-decide-append.js';
import { type Ports } from '../ports/ports.js';
import { type EventSeen, seen } from './events.js';
import { eventStream, saleAggregate } from './sale-aggregate.js';

export interface HandleEventPorts extends LoadAggregatePorts, Pick<Ports, 'clock' | 'ids' | 'reminders'> {
  readonly awaitVisible: AwaitVisible;
}

export interface EventOperation {
  readonly eventId: string;
  readonly correlationId: string;
}

export type HandleEventError<Rejection> =
  | { readonly code: Rejection }
  /** Nothing was written: try again. */
  | { readonly code: 'UNAVAILABLE' }
  /** It may have been carried out: ask for `eventId`, or repeat it. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly eventId: string };

/** Begins the id of the reminder of an opening. */
const OPENING_REMINDER = 'opening-';

/**
 * One command on one event of the shop, answered with the event as it is then. Queries usually see it by then; it is
 * so even when they do not yet. `decide` is one decision of the aggregate: no rejection but its own can come of it.
 */
export const handleEvent =
  (ports: HandleEventPorts) =>
  <Command, Rejection>(decide: (command: Command, sale: Sale) => E.Either<Rejection, ReadonlyArray<SaleEvent>>) => {
    const handle = loadDecideAppend(ports)({ initial: unknownSale, evolve, decide }, saleAggregate);
    return (
        command: Command,
        { eventId, correlationId }: EventOperation,
      ): TE.TaskEither<HandleEventError<Rejection>, EventSeen> =>
      async () => {
        const handled = await handle({
          streamId: eventStream(eventId),
          command,
          // Of this call alone: whether it was carried out before is told by the state, not by the id.
          commandId: ports.ids.next(),
          metadata: { correlationId },
        })();
        if (E.isLeft(handled)) return E.left(failure(handled.left, { eventId }));
        const { state, position } = handled.right;
        if (state.status === 'Unknown') throw new Error(`Nothing came of a command to ${eventId}`);
        if (state.status === 'Pending') ports.reminders.remind(OPENING_REMINDER + eventId, state.opensAt);
        else ports.reminders.forget(OPENING_REMINDER + eventId);
        await ports.awaitVisible(position, eventId)();
        return E.right(seen(state));
      };
  };
