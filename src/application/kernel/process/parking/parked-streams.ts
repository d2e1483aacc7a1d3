import { array as A, either as E } from 'fp-ts';
import { type Position } from '../../../ports/event-store.js';
import { type Ports } from '../../../ports/ports.js';
import { type FaultOf } from '../../events/event-schemas.js';
import { orThrow } from '../../or-throw.js';
import { type CommandHandlerPorts } from '../../writer/command-handler.js';
import { readAggregate } from '../../writer/load-aggregate.js';
import {
  handleParking,
  isParkingEvent,
  MOST_AT_ONCE,
  type Parked,
  parkingAggregate,
  type ParkingCommand,
  type ParkingEvent,
  parkingStream,
} from './parking-aggregate.js';
import { type Parking, parkingOf, type Unreadable } from './parking.js';

export interface ParkedStreamsPorts extends CommandHandlerPorts, Pick<Ports, 'alerts' | 'clock'> {
  readonly faultOf: FaultOf;
}

/** What consumers pass over, as events: it outlives every restart, and operators see it. */
export interface ParkedStreams {
  /**
   * Of one consumer, as it was left. One that follows its releases says up to where it has seen everything: what is released
   * after `after` is still parked, until it comes to the release. Rejects while the event store is away.
   */
  readonly open: (consumer: string, after?: Position) => Promise<Parking>;
  /** Of a build that is folded anew: every stream gets another chance. */
  readonly fresh: () => Parking;
  /** The fresh build took over: what it could read is released, what it could not is parked. */
  readonly replace: (consumer: string, fresh: Parking) => Promise<void>;
}

const BY_ITSELF = 'doorbuster';
const PAGE = 1_000;

export const parkedStreams = (ports: ParkedStreamsPorts): ParkedStreams => {
  const { alerts, clock, eventStore, logger, faultOf } = ports;
  const load = readAggregate(ports);
  const handle = handleParking(ports);

  const parkedBy = async (consumer: string): Promise<Parked> =>
    orThrow(await load(parkingAggregate, parkingStream(consumer))()).state;
  const releasedAfter = async (consumer: string, after: Position): Promise<ReadonlyArray<Unreadable>> => {
    const parked = new Map<string, Unreadable>();
    const released: Unreadable[] = [];
    for (let from = 0; ; from += PAGE) {
      const page = orThrow(await eventStore.readStream(parkingStream(consumer), from, PAGE)());
      for (const { event, position } of page) {
        if (!isParkingEvent(event)) continue;
        const known = parked.get(event.streamId);
        if (event.type === 'StreamParked') parked.set(event.streamId, event);
        else if (known !== undefined && position > after) released.push(known);
      }
      if (page.length < PAGE) return released;
    }
  };
  const carryOut = async (command: ParkingCommand): Promise<ReadonlyArray<ParkingEvent>> => {
    const done = await handle(command, `parking-${command.consumer}`)();
    if (E.isLeft(done)) throw new Error(`${command.consumer} cannot record now what it parks: ${done.left.error}`);
    return done.right.events;
  };
  const park = async (consumer: string, streams: ReadonlyArray<Unreadable>): Promise<void> => {
    const [first, ...others] = await carryOut({ type: 'Park', consumer, streams, at: clock.now() });
    if (first?.type !== 'StreamParked') return;
    const { streamId, revision, eventType, reason } = first;
    const fields = { consumer, streamId, revision, eventType, reason, others: others.length };
    logger.error(fields, 'A stream is parked: it holds an event that cannot be read');
    const more = others.length === 0 ? '' : `, and ${others.length} more`;
    const text = `${consumer} skips ${streamId} from its ${eventType} on: ${reason}${more}. Other streams are not affected.`;
    await alerts.raise({ title: 'A stream is parked', text, key: `parked-${consumer}` })();
  };

  return {
    open: async (consumer, after) => {
      const parked = await parkedBy(consumer);
      const held = new Map<string, Unreadable>(parked);
      for (const each of after === undefined ? [] : await releasedAfter(consumer, after))
        if (each.revision < (held.get(each.streamId)?.revision ?? Infinity)) held.set(each.streamId, each);
      return parkingOf(faultOf, { parked: [...held.values()], record: (streams) => park(consumer, streams) });
    },
    fresh: () => parkingOf(faultOf),
    replace: async (consumer, fresh) => {
      const unreadable = fresh.all();
      const still = new Set(unreadable.map(({ streamId }) => streamId));
      const readable = [...(await parkedBy(consumer)).keys()].filter((streamId) => !still.has(streamId));
      const by = { actor: BY_ITSELF, reason: 'built anew', at: clock.now() };
      for (const streamIds of A.chunksOf(MOST_AT_ONCE)(readable))
        await carryOut({ type: 'Release', consumer, streamIds, ...by });
      for (const streams of A.chunksOf(MOST_AT_ONCE)([...unreadable])) await park(consumer, streams);
    },
  };
};
