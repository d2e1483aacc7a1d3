import { useEffect, useRef, useState } from 'preact/hooks';
import { call, type Problem } from '../api/call.js';

interface Page<A> {
  readonly items: ReadonlyArray<A>;
  readonly nextCursor?: string | null;
}

export interface Pages<A> {
  /** Null before the first page came. */
  readonly items: ReadonlyArray<A> | null;
  readonly problem: Problem | null;
  /** Null: there are no more. */
  readonly more: (() => void) | null;
  readonly again: () => void;
}

/** A list that comes page by page; begins anew when its address changes. */
export const usePages = <A>(path: string): Pages<A> => {
  const [pages, setPages] = useState<{ items: ReadonlyArray<A> | null; next: string | null }>({
    items: null,
    next: null,
  });
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(path);
  asked.current = path;
  const read = async (cursor: string | null, before: ReadonlyArray<A>): Promise<void> => {
    const at = cursor === null ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
    const page = await call<Page<A>>(at);
    // A slow answer to an earlier search must not replace the list of this one.
    if (asked.current !== path) return;
    if (!page.ok) return setProblem(page.problem);
    setProblem(null);
    setPages({ items: [...before, ...page.value.items], next: page.value.nextCursor ?? null });
  };
  useEffect(() => {
    setPages({ items: null, next: null });
    void read(null, []);
  }, [path]);
  const { items, next } = pages;
  return {
    items,
    problem,
    more: next === null ? null : () => void read(next, items ?? []),
    again: () => void read(null, []),
  };
};
