import { either as E, option as O } from 'fp-ts';
import { askWaitingRoom, readOnceShown, type AskWaitingRoomPorts } from './ask-waiting-room.js';
import { tokenDocumentId, type TokenDocument } from './documents.js';
import { readWaitingRooms } from './read-waiting-rooms.js';
import { type Tracing, type WaitingRequest } from './waiting-messages.js';

/** Derived: however often a place is claimed, it is one claim. */
export const claimOf = ({ tokenId, scheduleId }: Pick<TokenDocument, 'tokenId' | 'scheduleId'>): WaitingRequest => ({
  eventType: 'TOKEN_CLAIM',
  scheduleId,
  tokenId,
  requestId: `claim-${tokenId}`,
});

/**
 * Its holder is here: a promoted place becomes active, any other stays as it is. Should the claim not be visible in time,
 * the place is shown promoted still.
 */
export const claimPlace = (ports: AskWaitingRoomPorts) => {
  const rooms = readWaitingRooms(ports.readModels);
  const ask = askWaitingRoom(ports);
  const shown = readOnceShown(ports);
  const isOver = O.exists(({ status }: TokenDocument) => status !== 'Promoted');
  return async (token: TokenDocument, tracing: Tracing): Promise<TokenDocument> => {
    if (token.status !== 'Promoted') return token;
    const claimed = await ask({ ...claimOf(token), requestId: ports.ids.next() }, tracing)();
    if (E.isLeft(claimed) && claimed.left.code !== 'REJECTED') return token;
    const { tokenId } = token;
    const now = await shown(tokenDocumentId(tokenId), rooms.token(tokenId), isOver)();
    return E.isRight(now) && O.isSome(now.right) ? now.right.value : token;
  };
};
