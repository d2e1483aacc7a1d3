import { array as A, either as E, nonEmptyArray as NEA, type taskEither as TE } from 'fp-ts';
import { type FaultOf, isFaultOfReading } from '../kernel/events/event-schemas.js';
import { commandTopics } from '../kernel/messaging/topics.js';
import {
  listParkedStreams,
  type OperateParkingPorts,
  type ReleaseStreams,
  releaseStreams,
} from '../kernel/process/operate-parking.js';
import { type ParkedStream } from '../kernel/process/parked-streams-view.js';
import { MOST_AT_ONCE } from '../kernel/process/parking/parking-aggregate.js';
import { parkingConsumer } from '../kernel/projection/projection.js';
import { type RebuildPorts, rebuildProjection } from '../kernel/projection/rebuild-projection.js';
import { writerConsumer } from '../kernel/writer/park-key.js';
import { allProjections } from './all-projections.js';
import { type ReplayDeadLetterPorts } from './dead-letters/replay-dead-letter.js';
import { replayDeadLetters } from './dead-letters/replay-dead-letters.js';

/** Answers how many streams are read again. 'PROJECTION_BUSY': the view is being built already. */
type ReleaseParked = (
  asked: ReleaseStreams,
) => TE.TaskEither<
  { readonly code: 'STREAM_NOT_PARKED' | 'PROJECTION_BUSY' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN' },
  number
>;

/** Has parked streams of a consumer read again. A view has only one way to read one again: all of it, in order. */
export const releaseParked = (ports: OperateParkingPorts & RebuildPorts, signal?: AbortSignal): ReleaseParked => {
  const release = releaseStreams(ports);
  const rebuild = rebuildProjection(ports);
  const list = listParkedStreams(ports);
  return (asked) => {
    const projection = allProjections.find((each) => parkingConsumer(each) === asked.consumer);
    if (projection === undefined) return release(asked);
    const { consumer, streamIds } = asked;
    return async () => {
      const parked = await list();
      if (E.isLeft(parked)) return parked;
      if (!parked.right.some((each) => each.consumer === consumer && streamIds.includes(each.streamId)))
        return E.left({ code: 'STREAM_NOT_PARKED' });
      const rebuilt = await rebuild(projection, { signal })();
      if (E.isRight(rebuilt)) return E.right(streamIds.length);
      return E.left({ code: rebuilt.left === 'RebuildRunning' ? 'PROJECTION_BUSY' : 'UNAVAILABLE' });
    };
  };
};

export interface ReleaseReadablePorts extends ReplayDeadLetterPorts {
  readonly faultOf: FaultOf;
  /** Called once for a view: it releases every stream of it that can be read. */
  readonly release: ReleaseParked;
}

const VIEWS = parkingConsumer({ name: '' });
const BY_ITSELF = { actor: 'doorbuster', reason: 'this version can read it', correlationId: 'release-readable' };
/** Replayed at once, of one topic; the rest the next time. */
const LETTERS = 10_000;
/** After a release, and after another process was here: what an older version set aside until then is recorded by now. */
const STRAGGLERS_MS = 5 * 60_000;
const LETTERS_PER_SECOND = 200;

/**
 * Releases streams that an older version parked because it could not read them, where this version can. Requests that became
 * dead letters meanwhile are published again first. Answers how many streams were released. Call it repeatedly: an older version
 * that still runs may park them again, until it has ended.
 */
export const releaseReadable = (ports: ReleaseReadablePorts) => {
  const list = listParkedStreams(ports);
  const replay = replayDeadLetters(ports);
  const { clock } = ports;
  let stragglersUntil = clock.elapsed() + STRAGGLERS_MS;

  const canBeRead = async ({ streamId, revision, reason }: ParkedStream): Promise<boolean> => {
    if (!isFaultOfReading(reason)) return false;
    const found = await ports.eventStore.readStream(streamId, revision, 1)();
    const first = E.isRight(found) ? found.right[0] : undefined;
    return first !== undefined && ports.faultOf(first) === null;
  };

  const orTryLater = async (consumer: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      ports.logger.warn({ consumer, err: error }, 'What a consumer parked cannot be released; tried again later');
    }
  };

  /** Dead letters by the stream that could not be read. */
  const replayOf = (topic: string, isMeant: (streamId: string) => boolean, signal: AbortSignal) => {
    const only = ({ failureReason }: { readonly failureReason: string }): boolean => {
      const [streamId = ''] = failureReason.split(' ', 1);
      return isFaultOfReading(failureReason) && isMeant(streamId);
    };
    return replay({ topic, only, limit: LETTERS, rate: LETTERS_PER_SECOND, signal, ...BY_ITSELF })();
  };

  /** False: not all of them. */
  const askedAgain = async (
    consumer: string,
    streamIds: ReadonlyArray<string>,
    signal: AbortSignal,
  ): Promise<boolean> => {
    const topic = commandTopics.find((each) => writerConsumer(each) === consumer);
    if (topic === undefined) return true;
    const done = await replayOf(topic, (streamId) => streamIds.includes(streamId), signal);
    return E.isRight(done) && !done.right.stopped && done.right.found < LETTERS;
  };

  /**
   * An older version that still decides sets requests aside again, and parks no stream that is parked already: those set aside
   * between the replay of a stream and its release would wait for ever.
   */
  const askStragglersAgain = async (signal: AbortSignal): Promise<void> => {
    const parked = await list();
    if (E.isLeft(parked)) return;
    for (const topic of commandTopics) {
      const consumer = writerConsumer(topic);
      const stillParked = new Set(parked.right.flatMap((one) => (one.consumer === consumer ? [one.streamId] : [])));
      await orTryLater(consumer, () => replayOf(topic, (streamId) => !stillParked.has(streamId), signal));
    }
  };

  const releaseOf = async (
    consumer: string,
    streams: ReadonlyArray<ParkedStream>,
    signal: AbortSignal,
  ): Promise<number> => {
    let released = 0;
    for (const some of A.chunksOf(MOST_AT_ONCE)([...streams])) {
      const streamIds: string[] = [];
      for (const each of some) if (!signal.aborted && (await canBeRead(each))) streamIds.push(each.streamId);
      if (streamIds.length === 0 || !(await askedAgain(consumer, streamIds, signal))) continue;
      const done = await ports.release({ consumer, streamIds, ...BY_ITSELF })();
      if (E.isRight(done)) released += done.right;
      if (consumer.startsWith(VIEWS)) break;
    }
    return released;
  };

  return (signal: AbortSignal): TE.TaskEither<'Unavailable', number> =>
    async () => {
      const parked = await list();
      if (E.isLeft(parked)) return E.left('Unavailable');
      let released = 0;
      for (const [consumer, streams] of Object.entries(
        NEA.groupBy(({ consumer }: ParkedStream) => consumer)([...parked.right]),
      ))
        await orTryLater(consumer, async () => void (released += await releaseOf(consumer, streams, signal)));
      if (released > 0) stragglersUntil = clock.elapsed() + STRAGGLERS_MS;
      if (clock.elapsed() < stragglersUntil) await askStragglersAgain(signal);
      return E.right(released);
    };
};
