import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { awaitOutcome } from '../kernel/outcome/await-outcome.js';
import { type AskWaitingRoomPorts } from './ask-waiting-room.js';
import { claimPlace } from './claim-place.js';
import { seeToken, type TokenSeen } from './token-seen.js';
import { tokenDocumentId, type TokenDocument } from './documents.js';
import { readWaitingRooms } from './read-waiting-rooms.js';
import { waitingRoomsView } from './waiting-rooms.js';
import { type WaitingRoomError } from './waiting-error.js';
import { type Tracing } from './waiting-messages.js';
import { type Ports } from '../ports/ports.js';

export interface TokenWaiting {
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

/**
 * A token as its holder sees it: held back until it no longer waits, or the time is over. Asking is a sign of life; and
 * asking for a place that was promoted claims it.
 */
export type TokenById = (
  tokenId: string,
  waiting: TokenWaiting & Tracing,
) => TE.TaskEither<WaitingRoomError, TokenSeen>;

export type TokenByIdPorts = AskWaitingRoomPorts & Pick<Ports, 'passes' | 'presence'>;

/** While an answer is held the holder is there: he is seen again this often. */
const SEEN_EVERY_MS = 10_000;

export const tokenById = (ports: TokenByIdPorts): TokenById => {
  const { clock, presence, readModels } = ports;
  const rooms = readWaitingRooms(readModels);
  const claim = claimPlace(ports);
  const see = seeToken({ rooms, passes: ports.passes, clock });

  return (tokenId, { waitMs, signal, correlationId }) =>
    async () => {
      const read = rooms.token(tokenId);
      let seenAt = -Infinity;
      const sign = (): void => {
        const elapsed = clock.elapsed();
        if (elapsed - seenAt < SEEN_EVERY_MS) return;
        seenAt = elapsed;
        presence.touch(tokenId, clock.now());
      };
      const answer = await awaitOutcome({ readModels, clock })({
        view: waitingRoomsView.name,
        id: tokenDocumentId(tokenId),
        read: async () => {
          const token = await read();
          if (E.isRight(token) && O.isSome(token.right)) sign();
          return token;
        },
        isFinal: O.fold(
          () => true,
          ({ status }: TokenDocument) => status !== 'Waiting',
        ),
        waitMs,
        ...(signal !== undefined && { signal }),
      })();
      if (E.isLeft(answer)) return E.left({ code: 'UNAVAILABLE' });
      if (O.isNone(answer.right)) return E.left({ code: 'TOKEN_NOT_FOUND' });
      const found = answer.right.value;
      return E.mapLeft(() => ({ code: 'UNAVAILABLE' as const }))(await see(await claim(found, { correlationId }))());
    };
};
