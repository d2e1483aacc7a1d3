import { either as E, type taskEither as TE } from 'fp-ts';
import { type CommandHandlerPorts } from '../../writer/command-handler.js';
import { readAggregate } from '../../writer/load-aggregate.js';
import { type Clock } from '../../../ports/clock.js';
import { handleParking, parkingAggregate, parkingStream, type StreamParked } from './parking-aggregate.js';

export interface OperateParkingPorts extends CommandHandlerPorts {
  readonly clock: Clock;
  /** Everybody who may park. */
  readonly consumers: ReadonlyArray<string>;
}

export type ParkedStream = Omit<StreamParked, 'type' | 'at'> & {
  /** Epoch milliseconds. */
  readonly parkedAt: number;
};

export interface ReleaseStream {
  readonly consumer: string;
  readonly streamId: string;
  readonly actor: string;
  readonly reason: string;
  readonly correlationId: string;
}

type Answer<A, Code extends string> = TE.TaskEither<{ readonly code: Code }, A>;

/** Every stream that some consumer passes over, with why and since when. */
export const listParkedStreams = (ports: OperateParkingPorts): Answer<ReadonlyArray<ParkedStream>, 'UNAVAILABLE'> => {
  const load = readAggregate(ports);
  return async () => {
    const found: ParkedStream[] = [];
    for (const consumer of ports.consumers) {
      const parked = await load(parkingAggregate, parkingStream(consumer))();
      if (E.isLeft(parked)) return E.left({ code: 'UNAVAILABLE' });
      for (const { type: _, at: parkedAt, ...rest } of parked.right.state.values()) found.push({ ...rest, parkedAt });
    }
    return E.right(found);
  };
};

/** Has the consumer read the stream again from where it was parked; recorded with who and why. */
export const releaseStream = (ports: OperateParkingPorts) => {
  const handle = handleParking(ports);
  return ({
      correlationId,
      ...by
    }: ReleaseStream): Answer<
      { readonly consumer: string; readonly streamId: string },
      'STREAM_NOT_PARKED' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN'
    > =>
    async () => {
      if (!ports.consumers.includes(by.consumer)) return E.left({ code: 'STREAM_NOT_PARKED' });
      const done = await handle({ type: 'Release', ...by, at: ports.clock.now() }, correlationId)();
      if (E.isLeft(done))
        return E.left({ code: done.left.error === 'AppendOutcomeUnknown' ? 'OUTCOME_UNKNOWN' : 'UNAVAILABLE' });
      if (done.right.events.length === 0) return E.left({ code: 'STREAM_NOT_PARKED' });
      return E.right({ consumer: by.consumer, streamId: by.streamId });
    };
};
