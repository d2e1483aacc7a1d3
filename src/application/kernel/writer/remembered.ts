import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { recentlyUsed } from '../recently-used.js';

const MOST = 10_000;

/** A look-up whose answer, once there is one, never changes: then it is not asked for again. None is asked for every time. */
export const remembered = <Left, A extends NonNullable<unknown>>(
  lookUp: (id: string) => TE.TaskEither<Left, O.Option<A>>,
): ((id: string) => TE.TaskEither<Left, O.Option<A>>) => {
  // Counted rather than set aside: most of them stay nearly empty.
  const known = recentlyUsed<string, O.Some<A>>(MOST);
  return (id) => async () => {
    const before = known.get(id);
    if (before !== undefined) return E.right(before);
    const found = await lookUp(id)();
    if (E.isRight(found) && O.isSome(found.right)) known.set(id, found.right);
    return found;
  };
};
