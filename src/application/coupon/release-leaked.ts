import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { recentlyUsed } from '../kernel/recently-used.js';
import { COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { type Admission } from '../ports/admission-gate.js';
import { type MessageLog } from '../ports/message-log.js';
import { DONE } from '../kernel/outcome/outcomes.js';
import { type LiveReader } from '../kernel/projection/live-reader.js';
import { answeringIds, couponOutcomes, isAbandoned } from './coupon-outcomes.js';
import { couponVoidMessage } from './coupon-request-message.js';
import { type IsSetAside, type SetAside } from './set-aside.js';
import { type Ports } from '../ports/ports.js';

/** What a request's final answer was, as queries see it; none while it has none. */
export type FinalAnswer = (request: Admission) => TE.TaskEither<'AnswerUnavailable', O.Option<'Issued' | 'Rejected'>>;

/** In the outcomes. One that was abandoned and asked for again has no answer yet. */
export const finalAnswerIn =
  (reader: Pick<LiveReader, 'getMany'>): FinalAnswer =>
  ({ couponId, userId, requestId, at }) =>
    F.pipe(
      reader.getMany(couponOutcomes, answeringIds(couponId, { asks: 'ISSUE', userId }, requestId)),
      TE.bimap(
        () => 'AnswerUnavailable',
        (found) =>
          F.pipe(
            found.find(O.isSome) ?? O.none,
            O.filter((answer) => !isAbandoned(answer) || answer.processedAt > at),
            O.map(({ result }) => (result === DONE ? 'Issued' : 'Rejected')),
          ),
      ),
    );

export interface ReleaseLeakedPorts extends Pick<Ports, 'gate' | 'clock'> {
  readonly log: MessageLog;
  readonly finalAnswer: FinalAnswer;
  readonly setAside: SetAside;
}

export type ReleaseLeakedError = 'GateUnavailable' | 'AnswerUnavailable' | 'LogUnavailable';

/** A decision takes milliseconds; after this, something was lost. */
const LEAKED_MS = 30_000;
const AT_ONCE = 500;

/** Whether the writer was asked to settle one, and that it is being asked. */
interface Asked {
  readonly lately: () => boolean;
  readonly now: () => void;
}

const settle = async (
  { gate, log, finalAnswer, setAside }: ReleaseLeakedPorts,
  { couponId, userId, requestId, at }: Admission,
  asked: Asked,
): Promise<E.Either<ReleaseLeakedError, void>> => {
  const answer = await finalAnswer({ couponId, userId, requestId, at })();
  if (E.isLeft(answer)) return answer;
  // Answered, and the gate missed it: a client repeated a rejected request, or the gate was away.
  if (O.isSome(answer.right) && answer.right.value === 'Rejected')
    return gate.apply([{ change: 'Rejected', couponId, userId, requestId }])();
  // The coupon is loaded again from its events. The reservation is released too: a wiped gate would keep it until it is loaded.
  if (O.isSome(answer.right))
    return F.pipe(
      gate.drop(couponId),
      TE.chain(() => gate.release({ couponId, userId, requestId, at })),
    )();
  if (asked.lately()) return E.right(undefined);
  const isSetAside = await TE.chain((known: IsSetAside) => known({ couponId, userId, requestId }))(setAside)();
  if (E.isLeft(isSetAside)) return isSetAside;
  if (isSetAside.right) return E.right(undefined);
  // With the time of the request, so that a later request with the same id is not rejected.
  const abandoned = { couponId, userId, requestId, at };
  const published = await log.publish(
    COUPON_ISSUE_REQUESTS,
    couponVoidMessage(abandoned, { correlationId: requestId }),
  )();
  if (E.isRight(published)) return E.right(asked.now());
  return published.left === 'PublishOutcomeUnknown' ? E.right(undefined) : E.left('LogUnavailable');
};

const once = <E, A>(ask: TE.TaskEither<E, A>): TE.TaskEither<E, A> => {
  let answer: ReturnType<typeof ask> | undefined;
  return () => (answer ??= ask());
};

/** While deciding stands still, each is asked for once in this time: the log must not fill with questions. */
const ASK_AGAIN_MS = 600_000;
const REMEMBERED = 10_000;

/**
 * Sweeps over reservations so old that their request may never have reached the log. Nobody can know, so nothing is
 * undone here: the writer is asked to settle the request, behind everything already in the log, and its answer frees
 * the place as every answer does. What is set aside is left alone: it is decided later. One sweep looks at the next few, so
 * that those that cannot be settled yet hide no others, and answers how many it found; to be repeated every few seconds.
 */
export const releaseLeaked = (ports: ReleaseLeakedPorts): TE.TaskEither<ReleaseLeakedError, number> => {
  const asked = recentlyUsed<string, number>(REMEMBERED);
  const askedOf = ({ couponId, userId, requestId, at }: Admission, now: number): Asked => {
    const key = `${couponId}/${userId}/${requestId}/${at}`;
    return {
      lately: () => (asked.get(key) ?? -Infinity) > now - ASK_AGAIN_MS,
      now: () => void asked.set(key, now),
    };
  };

  let cursor: string | null = null;
  return async () => {
    const leaked = await ports.gate.pendingSince(ports.clock.now() - LEAKED_MS, AT_ONCE, cursor)();
    if (E.isLeft(leaked)) return leaked;
    const { items, nextCursor } = leaked.right;
    cursor = nextCursor;
    const looking = { ...ports, setAside: once(ports.setAside) };
    /** By coupon: what fails for one request fails for the others of its coupon, and not for those of other coupons. */
    const failed = new Map<string, ReleaseLeakedError>();
    for (const admission of items) {
      if (failed.has(admission.couponId)) continue;
      const settled = await settle(looking, admission, askedOf(admission, ports.clock.elapsed()));
      if (E.isLeft(settled)) failed.set(admission.couponId, settled.left);
    }
    const [failure] = failed.values();
    return failure === undefined ? E.right(items.length) : E.left(failure);
  };
};
