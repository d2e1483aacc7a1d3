import { either as E, type taskEither as TE } from 'fp-ts';
import { type ByOperator } from '../../kernel/by-operator.js';
import { notPublished } from '../../kernel/messaging/not-published.js';
import { readAggregate, whenUnreadable } from '../../kernel/writer/load-aggregate.js';
import { asReplayOf } from '../../kernel/writer/dead-letter-message.js';
import { type Message, type MessageLog } from '../../ports/message-log.js';
import { deadLetterAggregate, mayReplay } from './dead-letter.js';
import { type DeadLetterRecorded, deadLetterStream } from './dead-letter-events.js';
import { type OperateDeadLetterError, type OperateDeadLetterPorts, recordFate } from './operate-dead-letter.js';
import { type ReplayOutcome, replayOutcome, type ReplayOutcomePorts } from './replay-outcome.js';

export interface ReplayDeadLetterPorts extends OperateDeadLetterPorts, Pick<ReplayOutcomePorts, 'decidedWithinMs'> {
  readonly messageLog: Pick<MessageLog, 'publish' | 'read' | 'lag'>;
}

export type ReplayDeadLetterError =
  | OperateDeadLetterError
  /** The log is full: later. */
  | { readonly code: 'OVERLOADED' }
  /** It was too large to be kept and the log no longer has it. */
  | { readonly code: 'ORIGINAL_GONE' };

export interface Replay extends ByOperator {
  /** Shows what would be published; publishes and records nothing. */
  readonly dryRun?: boolean;
}

export interface Replayed {
  readonly deadLetterId: string;
  readonly topic: string;
  readonly message: Message;
  readonly published: boolean;
  /** What it led to; absent for a dry run. */
  readonly outcome?: ReplayOutcome;
}

/**
 * Publishes the message once more, marked as a replay but else exactly as it was, where it came from; then records who did
 * it, and why, and waits for what it leads to. Repeating it is harmless: the handler of the message knows it by its
 * request id, and decides anew only what could not be processed.
 */
export type ReplayDeadLetter = (id: string, replay: Replay) => TE.TaskEither<ReplayDeadLetterError, Replayed>;

/** The same, without waiting: what it led to is asked for afterwards, and then waited for until it is decided, too late or aborted. */
export interface Sent {
  readonly replayed: Replayed;
  readonly outcome: (signal?: AbortSignal) => Promise<ReplayOutcome | null>;
}

const original =
  ({ messageLog }: ReplayDeadLetterPorts) =>
  async (letter: DeadLetterRecorded): Promise<E.Either<ReplayDeadLetterError, Message>> => {
    const { key, headers, origin, originalEvent } = letter;
    if (originalEvent !== null) return E.right({ key, headers, value: originalEvent });
    const found = await messageLog.read(origin, 1)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    const message = found.right[0];
    if (message === undefined || message.offset !== origin.offset) return E.left({ code: 'ORIGINAL_GONE' });
    return E.right({ key, headers, value: message.value });
  };

export const sendReplay =
  (ports: ReplayDeadLetterPorts) =>
  (id: string, { dryRun = false, ...by }: Replay): TE.TaskEither<ReplayDeadLetterError, Sent> =>
  async () => {
    const load = readAggregate(ports)(deadLetterAggregate, deadLetterStream(id));
    const loaded = await load().catch(whenUnreadable(() => E.right(null)));
    if (E.isLeft(loaded)) return E.left({ code: 'UNAVAILABLE' });
    // A newer version wrote of it. The other dead letters can be replayed all the same.
    if (loaded.right === null) return E.left({ code: 'NOT_REPLAYABLE' });
    const letter = mayReplay(loaded.right.state);
    if (E.isLeft(letter)) return E.left({ code: letter.left });
    const message = await original(ports)(letter.right);
    if (E.isLeft(message)) return message;

    const { topic } = letter.right.origin;
    const replayed = { deadLetterId: id, topic, message: message.right, published: !dryRun };
    if (dryRun) return E.right({ replayed, outcome: () => Promise.resolve(null) });
    const outcomeOf = await replayOutcome(ports)(topic, message.right.key);
    const published = await ports.messageLog.publish(topic, asReplayOf(id, message.right))();
    if (E.isLeft(published)) return E.left({ code: notPublished[published.left] });
    const outcome = outcomeOf(published.right);
    const recorded = await recordFate(ports)('DeadLetterReplayed', id, by)();
    return E.isLeft(recorded) ? recorded : E.right({ replayed, outcome });
  };

export const replayDeadLetter =
  (ports: ReplayDeadLetterPorts): ReplayDeadLetter =>
  (id, replay) =>
  async () => {
    const sent = await sendReplay(ports)(id, replay)();
    if (E.isLeft(sent)) return sent;
    const outcome = await sent.right.outcome();
    return E.right({ ...sent.right.replayed, ...(outcome !== null && { outcome }) });
  };
