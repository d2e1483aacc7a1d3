import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { WAITING_TOKEN } from '../kernel/messaging/topics.js';
import { type MessageLog } from '../ports/message-log.js';
import { type Ports } from '../ports/ports.js';
import { type Presence } from '../ports/presence.js';
import { claimOf } from './claim-place.js';
import { isIn, type TokenDocument } from './documents.js';
import { readWaitingRooms } from './read-waiting-rooms.js';
import { toWaitingMessage } from './waiting-messages.js';

export interface Entering {
  /** The event that is sold; null for what is tied to none. */
  readonly eventId: string | null;
  readonly userId: string;
  /** The pass the client sent along, if it did. */
  readonly pass?: string;
}

export type RequireActiveError =
  /** The event has a waiting room, and this user is not in. */
  { readonly code: 'WAITING_REQUIRED'; readonly scheduleId: string } | { readonly code: 'UNAVAILABLE' };

/**
 * Lets a request through when what it asks for has no waiting room, or its user is in: by a valid pass whose
 * place is still theirs or, where that is enough, as queries see it.
 */
export type RequireActive = (entering: Entering) => TE.TaskEither<RequireActiveError, void>;

/** The schedule whose waiting room an event has; null for none, also for an event nobody knows. */
export type ScheduleOfEvent = (eventId: string) => TE.TaskEither<'Unavailable', string | null>;

export interface RequireActivePorts extends Pick<Ports, 'readModels' | 'passes'> {
  readonly scheduleOfEvent: ScheduleOfEvent;
  readonly presence: Pick<Presence, 'touch'>;
  readonly log: Pick<MessageLog, 'publish'>;
  readonly now: () => number;
  /** Whether a pass is required: naming a user who is let in does not prove that the caller is that user. */
  readonly needsPass: boolean;
}

export const requireActive = (ports: RequireActivePorts): RequireActive => {
  const rooms = readWaitingRooms(ports.readModels);

  /** As long as its place has not been given on; if that cannot be read, a valid pass is enough. */
  const byPass = async (
    pass: string,
    userId: string,
    scheduleId: string,
  ): Promise<E.Either<'PassesUnavailable', string | null>> => {
    const claims = await ports.passes.verify(pass)();
    if (E.isLeft(claims)) return claims.left === 'PassesUnavailable' ? E.left(claims.left) : E.right(null);
    if (claims.right.userId !== userId || claims.right.scheduleId !== scheduleId) return E.right(null);
    const token = await rooms.token(claims.right.tokenId)();
    if (E.isLeft(token)) return E.right(claims.right.tokenId);
    const isTheirs =
      O.isSome(token.right) &&
      isIn(token.right.value) &&
      token.right.value.userId === userId &&
      token.right.value.scheduleId === scheduleId;
    return E.right(isTheirs ? claims.right.tokenId : null);
  };
  const byQuery = async (
    userId: string,
    scheduleId: string,
  ): Promise<E.Either<'ReadModelsUnavailable', O.Option<TokenDocument>>> => {
    const user = await rooms.user(scheduleId, userId)();
    if (E.isLeft(user)) return user;
    return O.isNone(user.right) || !user.right.value.isLive ? E.right(O.none) : rooms.token(user.right.value.tokenId)();
  };
  /** Acting is a sign of life, and claims a place that was promoted. Not waited for: being in does not depend on it. */
  const here = (token: TokenDocument): void => {
    ports.presence.touch(token.tokenId, ports.now());
    if (token.status !== 'Promoted') return;
    const claim = claimOf(token);
    void ports.log.publish(WAITING_TOKEN, toWaitingMessage(claim, ports.now(), { correlationId: claim.requestId }))();
  };

  return ({ eventId, userId, pass }) =>
    async () => {
      if (eventId === null) return E.right(undefined);
      const schedule = await ports.scheduleOfEvent(eventId)();
      if (E.isLeft(schedule)) return E.left({ code: 'UNAVAILABLE' });
      const scheduleId = schedule.right;
      if (scheduleId === null) return E.right(undefined);
      const passed = pass === undefined ? E.right(null) : await byPass(pass, userId, scheduleId);
      if (E.isRight(passed) && passed.right !== null) {
        ports.presence.touch(passed.right, ports.now());
        return E.right(undefined);
      }
      // While passes cannot be verified, this one may be valid: its holder keeps the place and asks again.
      if (ports.needsPass)
        return E.left(E.isLeft(passed) ? { code: 'UNAVAILABLE' } : { code: 'WAITING_REQUIRED', scheduleId });
      const token = await byQuery(userId, scheduleId);
      if (E.isLeft(token)) return E.left({ code: 'UNAVAILABLE' });
      if (O.isSome(token.right)) here(token.right.value);
      return O.isSome(token.right) && isIn(token.right.value)
        ? E.right(undefined)
        : E.left({ code: 'WAITING_REQUIRED', scheduleId });
    };
};
