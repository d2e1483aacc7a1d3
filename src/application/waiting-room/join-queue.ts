import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { derivedId } from '../kernel/writer/event-ids.js';
import { type Passes } from '../ports/passes.js';
import { type Presence } from '../ports/presence.js';
import { askWaitingRoom, type AskWaitingRoomPorts, readOnceShown } from './ask-waiting-room.js';
import { claimPlace } from './claim-place.js';
import { type TokenDocument, type UserDocument, userDocumentId } from './documents.js';
import { readWaitingRooms } from './read-waiting-rooms.js';
import { seeToken, type TokenSeen } from './token-seen.js';
import { waitingError, type WaitingRoomError } from './waiting-error.js';
import { type Tracing } from './waiting-messages.js';

export interface Joining extends Tracing {
  readonly scheduleId: string;
  readonly userId: string;
}

/**
 * A place in line: the one the user has, or a new one at the tail. Answered when queries see it. Asking again is a sign
 * of life, and claims a place that was promoted.
 */
export type JoinQueue = (joining: Joining) => TE.TaskEither<WaitingRoomError, TokenSeen>;

export interface JoinQueuePorts extends AskWaitingRoomPorts {
  readonly passes: Passes;
  readonly presence: Pick<Presence, 'touch'>;
}

const hasEnded = ({ status }: TokenSeen): boolean => status === 'EXPIRED' || status === 'COMPLETED';
const isLive = ({ isLive: live }: UserDocument): boolean => live;

export const joinQueue = (ports: JoinQueuePorts): JoinQueue => {
  const rooms = readWaitingRooms(ports.readModels);
  const ask = askWaitingRoom(ports);
  const claim = claimPlace(ports);
  const onceShown = readOnceShown(ports);
  const see = seeToken({ rooms, passes: ports.passes, clock: ports.clock });

  const seen = async (
    tokenId: string,
    onceFound: (token: TokenDocument) => Promise<TokenDocument>,
  ): Promise<E.Either<WaitingRoomError, TokenSeen>> => {
    const token = await rooms.token(tokenId)();
    if (E.isLeft(token) || O.isNone(token.right)) return E.left({ code: 'UNAVAILABLE' });
    ports.presence.touch(tokenId, ports.clock.now());
    return E.mapLeft(() => ({ code: 'UNAVAILABLE' as const }))(await see(await onceFound(token.right.value))());
  };

  return ({ scheduleId, userId, ...tracing }) =>
    async () => {
      const user = rooms.user(scheduleId, userId);
      const [room, known] = await Promise.all([rooms.schedule(scheduleId)(), user()]);
      if (E.isLeft(room) || E.isLeft(known)) return E.left({ code: 'UNAVAILABLE' });
      if (O.isNone(room.right)) return E.left({ code: 'SCHEDULE_NOT_FOUND' });
      if (O.isSome(known.right) && isLive(known.right.value)) {
        const place = await seen(known.right.value.tokenId, (token) => claim(token, tracing));
        // A place that ended a moment ago, before queries showed it, is none: the user gets another one.
        if (E.isLeft(place) || !hasEnded(place.right)) return place;
      }
      const requestId = ports.ids.next();
      const tokenId = derivedId(`token/${scheduleId}/${userId}/${requestId}`);
      const request = { eventType: 'CREATE_TOKEN', scheduleId, requestId, userId, tokenId } as const;
      const joined = await ask(request, tracing)();
      if (E.isLeft(joined)) return E.left(waitingError(joined.left));
      // Another request of this user may have come first: then the place is the one it got.
      const now = await onceShown(userDocumentId(scheduleId, userId), user, O.exists(isLive))();
      if (E.isLeft(now) || O.isNone(now.right) || !isLive(now.right.value)) return E.left({ code: 'UNAVAILABLE' });
      return seen(now.right.value.tokenId, (token) => Promise.resolve(token));
    };
};
