import { useEffect, useState } from 'preact/hooks';
import { call, type Problem } from '../../api/call.js';
import { type Kind, readAt } from './kinds.js';

interface Found<A> {
  readonly thing?: A;
  readonly problem?: Problem;
}

/** One of the shop: from the board, and where it is not on it, as it is read alone. */
export const useThing = <A extends object>(kind: Kind, id: string, onBoard: A | undefined): Found<A> => {
  const [alone, setAlone] = useState<Found<A>>({});
  const isMissing = onBoard === undefined;
  useEffect(() => {
    if (!isMissing) return;
    void call<Record<string, unknown>>(`${readAt[kind]}/${encodeURIComponent(id)}`).then((found) => {
      if (!found.ok) return setAlone({ problem: found.problem });
      // On the board what is not known is absent, not null.
      const said = Object.fromEntries(Object.entries(found.value).filter(([, value]) => value !== null));
      setAlone({ thing: JSON.parse(JSON.stringify(said)) });
    });
  }, [kind, id, isMissing]);
  return onBoard === undefined ? alone : { thing: onBoard };
};
