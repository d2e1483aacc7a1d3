import { useEffect, useRef, useState } from 'preact/hooks';
import { type Answer } from '../../../../packages/client/src/index.js';
import { type Problem } from '../api/client.js';

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

/** A list that comes page by page; begins anew when it is `of` something else. */
export const usePages = <A>(of: string, readPage: (cursor?: string) => Promise<Answer<Page<A>, Problem>>): Pages<A> => {
  const [pages, setPages] = useState<{ items: ReadonlyArray<A> | null; next: string | null }>({
    items: null,
    next: null,
  });
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(of);
  asked.current = of;
  const read = async (cursor: string | undefined, before: ReadonlyArray<A>): Promise<void> => {
    const page = await readPage(cursor);
    // A slow answer to an earlier search must not replace the list of this one.
    if (asked.current !== of) return;
    if (!page.ok) return setProblem(page.problem);
    setProblem(null);
    setPages({ items: [...before, ...page.value.items], next: page.value.nextCursor ?? null });
  };
  useEffect(() => {
    setPages({ items: null, next: null });
    void read(undefined, []);
  }, [of]);
  const { items, next } = pages;
  return {
    items,
    problem,
    more: next === null ? null : () => void read(next, items ?? []),
    again: () => void read(undefined, []),
  };
};
