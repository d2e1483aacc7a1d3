import { either as E, type taskEither as TE } from 'fp-ts';
import { type Ports } from '../../ports/ports.js';
import { liveReader } from '../projection/live-reader.js';
import { type CommandHandlerPorts } from '../writer/command-handler.js';
import { failure } from '../writer/load-decide-append.js';
import { type ParkedStream, parkedStreamsView } from './parked-streams-view.js';
import { handleParking } from './parking/parking-aggregate.js';
import { type ByOperator } from '../by-operator.js';

export type OperateParkingPorts = CommandHandlerPorts & Pick<Ports, 'clock'>;

export interface ReleaseStreams extends ByOperator {
  readonly consumer: string;
  /** At most MOST_AT_ONCE. */
  readonly streamIds: ReadonlyArray<string>;
}

const PAGE = 500;

type Answer<A, Code extends string> = TE.TaskEither<{ readonly code: Code }, A>;

/** Every stream that some consumer skips, with the reason and since when, the oldest first. */
export const listParkedStreams = ({
  readModels,
}: Pick<Ports, 'readModels'>): Answer<ReadonlyArray<ParkedStream>, 'UNAVAILABLE'> => {
  const reader = liveReader(readModels);
  return async () => {
    const found: ParkedStream[] = [];
    for await (const page of reader.pages(parkedStreamsView, { index: 'all', key: 'all', limit: PAGE })) {
      if (E.isLeft(page)) return E.left({ code: 'UNAVAILABLE' });
      found.push(...page.right);
    }
    return E.right(found);
  };
};

/** Has the consumer read the streams again, each from where it was parked; recorded with who and why. Answers how many. */
export const releaseStreams = (ports: OperateParkingPorts) => {
  const handle = handleParking(ports);
  return ({
      correlationId,
      ...by
    }: ReleaseStreams): Answer<number, 'STREAM_NOT_PARKED' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN'> =>
    async () => {
      const done = await handle({ type: 'Release', ...by, at: ports.clock.now() }, correlationId)();
      if (E.isLeft(done)) return E.left(failure(done.left, {}));
      const { length } = done.right.events;
      return length === 0 ? E.left({ code: 'STREAM_NOT_PARKED' }) : E.right(length);
    };
};
