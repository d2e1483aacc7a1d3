import { either as E } from 'fp-ts';
import { recentlyUsed } from '../../../application/kernel/recently-used.js';
import { type Owners } from '../../../application/ports/owners.js';
import { z } from 'zod';
import { type ProblemCode, type Refusal, tryAgain } from '../problems.js';
import { idOut } from '../schemas/fields.js';
import { type Concerned } from './access.js';

/** The answer to a user who asks for something of another user: the same as if it did not exist. */
const notTheirs: Readonly<Record<keyof Owners | 'path', ProblemCode>> = {
  path: 'NOT_FOUND',
  order: 'ORDER_NOT_FOUND',
  payment: 'PAYMENT_NOT_FOUND',
  token: 'TOKEN_NOT_FOUND',
};

/** A text that cannot be an id belongs to nobody; nothing is read for it. */
const idOrNone = idOut.optional().catch(undefined);
const named = z.looseObject({
  userId: idOrNone,
  orderId: idOrNone,
  paymentId: idOrNone,
  tokenId: idOrNone,
});

const REMEMBERED = 50_000;

/** Answers null where what the path names is the user's own. */
export type CheckOwner = (
  concerned: Exclude<Concerned, 'body' | 'request'>,
  userId: string,
  params: unknown,
) => Promise<Refusal | null>;

export const checkOwner = (owners: Owners): CheckOwner => {
  const known = recentlyUsed<string, string>(REMEMBERED);

  const check = async (kind: keyof Owners, given: string | undefined, userId: string): Promise<Refusal | null> => {
    if (given === undefined) return { code: notTheirs[kind] };
    const key = `${kind} ${given}`;
    const remembered = known.get(key);
    const found = remembered === undefined ? await owners[kind](given)() : E.right(remembered);
    if (E.isLeft(found)) return tryAgain('UNAVAILABLE');
    if (found.right !== null) known.set(key, found.right);
    return found.right === userId ? null : { code: notTheirs[kind] };
  };

  return async (concerned, userId, params) => {
    const { data } = named.safeParse(params);
    if (concerned !== 'path') return check(concerned, data?.[`${concerned}Id`], userId);
    return data?.userId === userId ? null : { code: notTheirs.path };
  };
};
