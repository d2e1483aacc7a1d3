import { either as E, type taskEither as TE } from 'fp-ts';
import { type FaultOf, isFaultOfReading } from '../kernel/events/event-schemas.js';
import { commandTopics } from '../kernel/messaging/consumer-groups.js';
import { listParkedStreams, type ReleaseStream } from '../kernel/process/operate-parking.js';
import { parkingConsumer } from '../kernel/projection/projection.js';
import { type ParkedStream } from '../kernel/process/parked-streams-view.js';
import { writerConsumer } from '../kernel/writer/park-key.js';
import { replayDeadLetters } from './dead-letters/replay-dead-letters.js';
import { type ReplayDeadLetterPorts } from './dead-letters/replay-dead-letter.js';

export interface ReleaseReadablePorts extends ReplayDeadLetterPorts {
  readonly faultOf: FaultOf;
  /** Called once for a view: it releases every stream of it that can be read. */
  readonly release: (asked: ReleaseStream) => TE.TaskEither<unknown, unknown>;
}

const VIEWS = parkingConsumer({ name: '' });
const BY_ITSELF = { actor: 'doorbuster', reason: 'this version can read it', correlationId: 'release-readable' };
/** Replayed at once, of one topic; the rest the next time. */
const LETTERS = 10_000;
const LETTERS_PER_SECOND = 200;

/**
 * Releases streams that an older version parked because it could not read them, where this version can. Requests that became
 * dead letters meanwhile are published again first. Answers how many streams were released. Call it repeatedly: an older version
 * that still runs may park them again, until it has ended.
 */
export const releaseReadable = (ports: ReleaseReadablePorts) => {
  const list = listParkedStreams(ports);
  const replay = replayDeadLetters(ports);

  const canBeRead = async ({ streamId, revision, reason }: ParkedStream): Promise<boolean> => {
    if (!isFaultOfReading(reason)) return false;
    const found = await ports.eventStore.readStream(streamId, revision, 1)();
    const first = E.isRight(found) ? found.right[0] : undefined;
    return first !== undefined && ports.faultOf(first) === null;
  };

  /** False: not all of them. */
  const askedAgain = async ({ consumer, streamId }: ParkedStream, signal: AbortSignal): Promise<boolean> => {
    const topic = commandTopics.find((each) => writerConsumer(each) === consumer);
    if (topic === undefined) return true;
    const isOfStream = ({ failureReason }: { readonly failureReason: string }): boolean =>
      failureReason.startsWith(`${streamId} `) && isFaultOfReading(failureReason);
    const some = { topic, only: isOfStream, limit: LETTERS, rate: LETTERS_PER_SECOND, signal };
    const done = await replay({ ...some, ...BY_ITSELF })();
    return E.isRight(done) && !done.right.stopped && done.right.found < LETTERS;
  };

  return (signal: AbortSignal): TE.TaskEither<'Unavailable', number> =>
    async () => {
      const parked = await list();
      if (E.isLeft(parked)) return E.left('Unavailable');
      const views = new Set<string>();
      let released = 0;
      for (const each of parked.right) {
        const { consumer, streamId } = each;
        if (signal.aborted) break;
        if (views.has(consumer) || !(await canBeRead(each)) || !(await askedAgain(each, signal))) continue;
        if (consumer.startsWith(VIEWS)) views.add(consumer);
        if (E.isRight(await ports.release({ consumer, streamId, ...BY_ITSELF })())) released += 1;
      }
      return E.right(released);
    };
};
