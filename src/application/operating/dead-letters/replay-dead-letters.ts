import { either as E, type taskEither as TE } from 'fp-ts';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { pause } from '../../kernel/projection/pause.js';
import { type ByOperator } from '../../kernel/by-operator.js';
import { type ReplayDeadLetterError, type ReplayDeadLetterPorts, type Sent, sendReplay } from './replay-dead-letter.js';
import { type ReplayOutcome } from './replay-outcome.js';
import { type DeadLetterDocument, deadLettersView, indexFor } from './dead-letters-view.js';

export interface ReplayTopic extends ByOperator {
  readonly topic: string;
  /** Default: all that are open. */
  readonly only?: (letter: DeadLetterDocument) => boolean;
  readonly dryRun?: boolean;
  /** Per second. Default 50. */
  readonly rate?: number;
  /** At most this many, the oldest first. Default 100: replaying everything has to be asked for. */
  readonly limit?: number;
  readonly onProgress?: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

export interface TopicReplayed {
  readonly found: number;
  readonly replayed: number;
  readonly dryRun: boolean;
  /** Of those found, in order. */
  readonly ids: ReadonlyArray<string>;
  readonly failed: ReadonlyArray<{ readonly id: string; readonly code: ReplayDeadLetterError['code'] }>;
  /** Replayed, and decided as before: nothing was recorded for them. */
  readonly unchanged: ReadonlyArray<string>;
  /** Replayed, and not decided in time, or before the operator gave up: ask for them later. */
  readonly undecided: ReadonlyArray<string>;
  /** An engine was away, or the operator gave up: the rest was left as it is. */
  readonly stopped: boolean;
}

const RATE = 50;
const LIMIT = 100;
const PAGE = 100;
const isOfTheEngines: ReadonlySet<string> = new Set(['UNAVAILABLE', 'OUTCOME_UNKNOWN', 'OVERLOADED']);

export type ReplayDeadLetters = (replay: ReplayTopic) => TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, TopicReplayed>;

/** What is kept of each: with their messages, ten thousand would take hundreds of megabytes. */
type Found = Pick<DeadLetterDocument, 'deadLetterId' | 'origin'>;

/** Many are recorded in one millisecond: what was asked first is to be decided first. */
const asTheyStood = ({ origin: one }: Found, { origin: other }: Found): number =>
  one.partition - other.partition || one.offset - other.offset;

const openIds = async (
  { readModels }: ReplayDeadLetterPorts,
  { topic, only = () => true, limit = LIMIT }: Pick<ReplayTopic, 'topic' | 'only' | 'limit'>,
): Promise<ReadonlyArray<string> | null> => {
  const reader = liveReader(readModels);
  const found: Found[] = [];
  for await (const page of reader.pages(deadLettersView, { ...indexFor({ topic, status: 'OPEN' }), limit: PAGE })) {
    if (E.isLeft(page)) return null;
    const wanted = page.right.filter(only).slice(0, limit - found.length);
    found.push(...wanted.map(({ deadLetterId, origin }) => ({ deadLetterId, origin })));
    if (found.length >= limit) break;
  }
  return found.sort(asTheyStood).map(({ deadLetterId }) => deadLetterId);
};

/**
 * Replays the oldest open dead letters of a topic, at a rate, in the order in which they stood in their partition. Which ones is settled
 * before the first is published.
 */
export const replayDeadLetters =
  (ports: ReplayDeadLetterPorts): ReplayDeadLetters =>
  ({ topic, only, limit, dryRun = false, rate = RATE, onProgress, signal, ...by }) =>
  async () => {
    const ids = await openIds(ports, { topic, only, limit });
    if (ids === null) return E.left({ code: 'UNAVAILABLE' });
    const failed: Array<{ readonly id: string; readonly code: ReplayDeadLetterError['code'] }> = [];
    const start = ports.clock.elapsed();
    const sent: Sent[] = [];
    let stopped = false;
    for (const [index, id] of ids.entries()) {
      if (dryRun) break;
      const due = start + (index * 1_000) / rate;
      const early = due - ports.clock.elapsed();
      if (early > 0) await pause(ports.clock, early, signal);
      if (signal?.aborted === true) stopped = true;
      if (stopped) break;
      const answer = await sendReplay(ports)(id, by)();
      if (E.isRight(answer)) sent.push(answer.right);
      else {
        failed.push({ id, code: answer.left.code });
        stopped = isOfTheEngines.has(answer.left.code);
      }
      onProgress?.(index + 1, ids.length);
    }
    const outcomes: Array<{ readonly id: string; readonly outcome: ReplayOutcome | null }> = [];
    for (const { replayed, outcome } of sent)
      outcomes.push({ id: replayed.deadLetterId, outcome: await outcome(signal) });
    const idsOf = (outcome: ReplayOutcome) => outcomes.filter((each) => each.outcome === outcome).map(({ id }) => id);
    const [unchanged, undecided] = [idsOf('UNCHANGED'), idsOf('UNDECIDED')];
    return E.right({ found: ids.length, replayed: sent.length, dryRun, ids, failed, unchanged, undecided, stopped });
  };
