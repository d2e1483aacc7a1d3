import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { readWaitingRooms } from './read-waiting-rooms.js';
import { type Ports } from '../ports/ports.js';

/** Whose waiting token it is; null where queries know none. */
export type OwnerOfToken = (tokenId: string) => TE.TaskEither<'Unavailable', string | null>;

export const ownerOfToken = ({ readModels }: Pick<Ports, 'readModels'>): OwnerOfToken => {
  const rooms = readWaitingRooms(readModels);
  return (tokenId) => async () => {
    const found = await rooms.token(tokenId)();
    if (E.isLeft(found)) return E.left('Unavailable');
    return E.right(O.isNone(found.right) ? null : found.right.value.userId);
  };
};
