import { useEffect, useState } from 'preact/hooks';
import { type Answer, answerOf } from '../../../../../packages/client/src/index.js';
import { api, type Problem } from '../../api/client.js';
import { useAfterActs } from '../../parts/use-after-acts.js';
import { type Kind } from './kinds.js';

interface Found<A> {
  readonly thing?: A;
  readonly problem?: Problem;
}

/** As it is read alone: those on the board are the newest hundred of each kind. */
const read = (kind: Kind, id: string): Promise<Answer<object, Problem>> => {
  switch (kind) {
    case 'coupons':
      return answerOf(api.GET('/api/coupons/{couponId}', { params: { path: { couponId: id } } }));
    case 'events':
      return answerOf(api.GET('/api/events/{eventId}', { params: { path: { eventId: id } } }));
    case 'schedules':
      return answerOf(api.GET('/api/v1/schedules/{scheduleId}', { params: { path: { scheduleId: id } } }));
    case 'products':
      return answerOf(api.GET('/api/products/{productId}', { params: { path: { productId: id } } }));
  }
};

/** One of the shop: from the board, and where it is not on it, as it is read alone. */
export const useThing = <A extends object>(kind: Kind, id: string, onBoard: A | undefined): Found<A> => {
  const [alone, setAlone] = useState<Found<A>>({});
  const isMissing = onBoard === undefined;
  const look = (): void => {
    if (!isMissing) return;
    void read(kind, id).then((found) => {
      if (!found.ok) return setAlone({ problem: found.problem });
      // On the board what is not known is absent, not null.
      const said = Object.fromEntries(Object.entries(found.value).filter(([, value]) => value !== null));
      setAlone({ thing: JSON.parse(JSON.stringify(said)) });
    });
  };
  useEffect(look, [kind, id, isMissing]);
  useAfterActs(look);
  return onBoard === undefined ? alone : { thing: onBoard };
};
