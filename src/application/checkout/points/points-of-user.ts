import { function as F, option as O, taskEither as TE } from 'fp-ts';
import { type Ports } from '../../ports/ports.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { pointsView } from './views/points.js';

export interface PointsOfUser {
  readonly userId: string;
  readonly balance: number;
  /** Of the balance, set aside for unpaid orders. */
  readonly reserved: number;
  readonly available: number;
}

/** What a user has; nothing, for one who never charged. */
export type FindPoints = (userId: string) => TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, PointsOfUser>;

export const pointsOfUser = ({ readModels }: Pick<Ports, 'readModels'>): FindPoints => {
  const reader = liveReader(readModels);
  return (userId) =>
    F.pipe(
      reader.get(pointsView, userId),
      TE.bimap(
        () => ({ code: 'UNAVAILABLE' as const }),
        O.match(
          () => ({ userId, balance: 0, reserved: 0, available: 0 }),
          (points) => ({ ...points, available: points.balance - points.reserved }),
        ),
      ),
    );
};
