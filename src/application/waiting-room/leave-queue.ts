import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { askWaitingRoom, readOnceShown, type AskWaitingRoomPorts } from './ask-waiting-room.js';
import { tokenDocumentId, type TokenDocument } from './documents.js';
import { readWaitingRooms } from './read-waiting-rooms.js';
import { waitingError, type WaitingRoomError } from './waiting-error.js';
import { type Tracing } from './waiting-messages.js';

/** Gives a place up: it goes to the next in line. Answered when queries see it; leaving again changes nothing. */
export type LeaveQueue = (tokenId: string, tracing: Tracing) => TE.TaskEither<WaitingRoomError, void>;

const hasEnded = ({ status }: TokenDocument): boolean =>
  status === 'Expired' || status === 'Left' || status === 'Completed';

export const leaveQueue = (ports: AskWaitingRoomPorts): LeaveQueue => {
  const rooms = readWaitingRooms(ports.readModels);
  const ask = askWaitingRoom(ports);
  const shown = readOnceShown(ports);
  return (tokenId, tracing) => async () => {
    const token = await rooms.token(tokenId)();
    if (E.isLeft(token)) return E.left({ code: 'UNAVAILABLE' });
    if (O.isNone(token.right)) return E.left({ code: 'TOKEN_NOT_FOUND' });
    if (hasEnded(token.right.value)) return E.right(undefined);
    const { scheduleId } = token.right.value;
    const requestId = ports.ids.next();
    const left = await ask({ eventType: 'TOKEN_LEAVE', scheduleId, tokenId, requestId }, tracing)();
    if (E.isLeft(left)) return E.left(waitingError(left.left));
    await shown(tokenDocumentId(tokenId), rooms.token(tokenId), O.exists(hasEnded))();
    return E.right(undefined);
  };
};
