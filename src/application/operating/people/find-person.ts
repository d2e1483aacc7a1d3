import { either as E, type taskEither as TE } from 'fp-ts';
import { type OwnerOf, type Owners } from '../../ports/owners.js';
import { type TimelineOfUser } from '../timeline/timeline-of-user.js';

/** Somebody, and what of theirs was named. */
export interface PersonFound {
  readonly userId: string;
  readonly by: 'USER' | 'ORDER' | 'PAYMENT' | 'REQUEST' | 'TOKEN';
}

/** Whose this id is: of a user, an order, a payment, a request for a coupon, a place in a queue. More than one may be. */
export type FindPerson = (id: string) => TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, ReadonlyArray<PersonFound>>;

export interface FindPersonPorts extends Owners {
  readonly request: OwnerOf;
  readonly timelineOfUser: TimelineOfUser;
}

export const findPerson =
  ({ order, payment, token, request, timelineOfUser }: FindPersonPorts): FindPerson =>
  (id) =>
  async () => {
    const user: OwnerOf = (userId) => async () => {
      const timeline = await timelineOfUser({ userId, limit: 1 })();
      if (E.isLeft(timeline)) return E.left('Unavailable');
      return E.right(timeline.right.items.length > 0 ? userId : null);
    };
    const places = [
      ['USER', user],
      ['ORDER', order],
      ['PAYMENT', payment],
      ['REQUEST', request],
      ['TOKEN', token],
    ] as const;
    const found: PersonFound[] = [];
    const looked = await Promise.all(places.map(async ([by, owner]) => [by, await owner(id)()] as const));
    for (const [by, owner] of looked) {
      if (E.isLeft(owner)) return E.left({ code: 'UNAVAILABLE' });
      if (owner.right !== null) found.push({ userId: owner.right, by });
    }
    return E.right(found);
  };
