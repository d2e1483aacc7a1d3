import { either as E } from 'fp-ts';
import { askWaitingRoom, type AskWaitingRoomPorts } from './ask-waiting-room.js';
import { tokenDocumentId, type TokenDocument } from './views/documents.js';
import { onlyIf, readWaitingRooms } from './views/read-waiting-rooms.js';
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
  return async (token: TokenDocument, tracing: Tracing): Promise<TokenDocument> => {
    if (token.status !== 'Promoted') return token;
    const { tokenId } = token;
    const read = onlyIf(rooms.token(tokenId), ({ status }) => status !== 'Promoted');
    const answer = await ask({ request: claimOf(token), documentId: tokenDocumentId(tokenId), read, ...tracing })();
    return E.isRight(answer) ? answer.right : token;
  };
};
