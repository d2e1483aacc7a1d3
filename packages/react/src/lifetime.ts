import { type RefObject, useCallback, useEffect, useRef } from 'react';

/**
 * Begins something that ends when the component is gone, or when the next is begun: the signal says so. A component whose
 * effects end and begin again at once, as in React's StrictMode, was never gone. `onGone`: React may show it again later.
 */
export const useUntilGone = (onGone?: () => void): (() => AbortSignal) => {
  const current = useRef<AbortController | null>(null);
  const isThere = useRef(false);
  const latest = useLatest(onGone);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
      queueMicrotask(() => {
        if (isThere.current || current.current === null) return;
        current.current.abort();
        latest.current?.();
      });
    };
  }, [latest]);
  return useCallback(() => {
    current.current?.abort();
    current.current = new AbortController();
    return current.current.signal;
  }, []);
};

/** Whoever is gone hears nothing, also not that they gave up. */
export const unlessGone = async (signal: AbortSignal, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

/** What was given last, for what runs later. */
export const useLatest = <T>(value: T): RefObject<T> => {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
};
