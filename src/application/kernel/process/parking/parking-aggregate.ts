import { z } from 'zod';
import { either as E } from 'fp-ts';
import { type Decider } from '../../../../domain/decider.js';
import { aggregateOf } from '../../writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../writer/command-handler.js';
import { type EventOf, eventSchemas } from '../../events/event-schemas.js';
import { type Unreadable } from './parking.js';

/** A consumer cannot read a stream from this event on: it passes it over, and goes on with all others. */
const streamParked = z.object({
  consumer: z.string(),
  streamId: z.string(),
  /** Of the first event that could not be read. */
  revision: z.number(),
  eventType: z.string(),
  reason: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
});

/** The consumer is to read the stream again, from where it stopped. */
const streamReleased = z.object({
  consumer: z.string(),
  streamId: z.string(),
  revision: z.number(),
  actor: z.string(),
  reason: z.string(),
  at: z.number(),
});

export type StreamParked = EventOf<'StreamParked', typeof streamParked>;
export type StreamReleased = EventOf<'StreamReleased', typeof streamReleased>;
export type ParkingEvent = StreamParked | StreamReleased;
export type Parked = ReadonlyMap<string, StreamParked>;

export type ParkingCommand =
  | (Pick<StreamParked, 'consumer' | 'at'> & { readonly type: 'Park'; readonly streams: ReadonlyArray<Unreadable> })
  | (Omit<StreamReleased, 'type' | 'revision' | 'streamId'> & {
      readonly type: 'Release';
      readonly streamIds: ReadonlyArray<string>;
    });

/** Parked or released by one command: each of them is an event of one append. */
export const MOST_AT_ONCE = 500;

export const PARKING_STREAMS = 'parking-';
export const parkingStream = (consumer: string): string => `${PARKING_STREAMS}${consumer}`;
export const isParkingEvent = eventSchemas<ParkingEvent>()({
  StreamParked: streamParked,
  StreamReleased: streamReleased,
});

const nothing: Parked = new Map();
const evolve = (parked: Parked, event: ParkingEvent): Parked => {
  const next = new Map(parked);
  if (event.type === 'StreamParked') next.set(event.streamId, event);
  else next.delete(event.streamId);
  return next;
};

/** Parking what is parked from that event on or from one before, and releasing what is not parked, changes nothing. */
const decide = (command: ParkingCommand, parked: Parked): E.Either<never, ReadonlyArray<ParkingEvent>> => {
  if (command.type === 'Park') {
    const { consumer, streams, at } = command;
    const isNew = ({ streamId, revision }: Unreadable): boolean => {
      const known = parked.get(streamId);
      return known === undefined || revision < known.revision;
    };
    const unknown = new Map(streams.filter(isNew).map((each) => [each.streamId, each]));
    return E.right([...unknown.values()].map((each) => ({ type: 'StreamParked', consumer, ...each, at })));
  }
  const { streamIds, type: _, ...by } = command;
  const known = [...new Set(streamIds)].flatMap((streamId) => parked.get(streamId) ?? []);
  return E.right(known.map(({ streamId, revision }) => ({ type: 'StreamReleased', streamId, revision, ...by })));
};

const decider: Decider<Parked, ParkingCommand, ParkingEvent, never> = { initial: nothing, evolve, decide };

export const parkingAggregate = aggregateOf(decider, isParkingEvent);

export const handleParking = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(decider, parkingAggregate, ({ consumer }: ParkingCommand) => parkingStream(consumer));
