import { option as O, taskEither as TE } from 'fp-ts';
import { type OwnerOf } from '../ports/owners.js';
import { type Ports } from '../ports/ports.js';
import { readWaitingRooms } from './read-waiting-rooms.js';
import { type TokenDocument } from './documents.js';

/** Whose waiting token it is, as queries see it. */
export const ownerOfToken = ({ readModels }: Pick<Ports, 'readModels'>): OwnerOf => {
  const { token } = readWaitingRooms(readModels);
  const ownerIn = O.match(
    () => null,
    ({ userId }: TokenDocument) => userId,
  );
  return (tokenId) => TE.bimap(() => 'Unavailable' as const, ownerIn)(token(tokenId));
};
