import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { evolve, unknownSale } from '../../domain/shop-event/event.js';
import { openEvent as decide } from '../../domain/shop-event/open-event.js';
import { type LoadAggregatePorts } from '../kernel/writer/load-aggregate.js';
import { loadDecideAppend } from '../kernel/writer/load-decide-append.js';
import { type Ports } from '../ports/ports.js';
import { type SecondClock } from '../ports/second-clock.js';
import { eventStream, saleAggregate } from './sale-aggregate.js';

export interface AgreedNowPorts extends Pick<Ports, 'clock'> {
  readonly secondClock: SecondClock;
}

/** The moment that has come by every clock at hand, epoch milliseconds: a clock that is ahead brings nothing forward. */
export const agreedNow = ({ clock, secondClock }: AgreedNowPorts): TE.TaskEither<'ClockUnavailable', number> =>
  F.pipe(
    secondClock.now(),
    TE.map((second) => Math.min(second, clock.now())),
  );

export type OpenEventPorts = LoadAggregatePorts & AgreedNowPorts & Pick<Ports, 'ids' | 'metrics'>;

export type OpenedEvent =
  | 'Opened'
  /** Another one was faster, or there is nothing to open any more: closed, called off, never scheduled. */
  | 'NothingToOpen'
  /** By one of the clocks its time has not come: it was moved, or they do not agree. */
  | 'TooEarly';

/** Opens an event whose time has come. 'OpeningFailed': whether it did is not known; try again, it opens once. */
export type OpenEvent = (eventId: string) => TE.TaskEither<'OpeningFailed', OpenedEvent>;

/**
 * Any number may open the same event at the same time: the aggregate lets one of them. A clock that is wrong can only delay
 * it: the time has come when both clocks say so.
 */
export const openEvent = (ports: OpenEventPorts): OpenEvent => {
  const handle = loadDecideAppend(ports)({ initial: unknownSale, evolve, decide }, saleAggregate);
  return (eventId) => async () => {
    const began = ports.clock.elapsed();
    const agreed = await agreedNow(ports)();
    if (E.isLeft(agreed)) return E.left('OpeningFailed');
    const at = agreed.right;
    const handled = await handle({
      streamId: eventStream(eventId),
      command: { type: 'OpenEvent', eventId, at },
      commandId: ports.ids.next(),
      metadata: { correlationId: `open-${eventId}` },
    })();
    if (E.isLeft(handled)) {
      if (handled.left.error !== 'Rejected') return E.left('OpeningFailed');
      return E.right(handled.left.rejection === 'TOO_EARLY' ? 'TooEarly' : 'NothingToOpen');
    }
    for (const event of handled.right.events)
      if (event.type === 'EventOpened')
        ports.metrics.observe(
          'event_opening_lateness_seconds',
          (at - event.opensAt + ports.clock.elapsed() - began) / 1_000,
        );
    return E.right(handled.right.events.length > 0 ? 'Opened' : 'NothingToOpen');
  };
};
