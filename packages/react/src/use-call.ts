import { type Answer, type Unanswered } from '@doorbuster/client';
import { useCallback, useRef, useState } from 'react';
import { unlessGone, useLatest, useUntilGone } from './lifetime.js';

export type CallState<T, P> =
  | { readonly status: 'IDLE' | 'RUNNING' }
  | { readonly status: 'DONE'; readonly value: T }
  | { readonly status: 'REFUSED'; readonly problem: P | Unanswered };

/**
 * A call of the client, made when `run` is called, and how far it is. `run` does nothing while it is running: whoever presses
 * the button twice orders once. `signal` aborts when the component is gone; a call that must be carried through does not take it.
 */
export const useCall = <I extends ReadonlyArray<unknown>, T, P>(
  call: (signal: AbortSignal, ...input: I) => Promise<Answer<T, P>>,
): CallState<T, P> & { readonly run: (...input: I) => void } => {
  const [state, setState] = useState<CallState<T, P>>({ status: 'IDLE' });
  const begin = useUntilGone();
  const latest = useLatest(call);
  const isRunning = useRef(false);
  const run = useCallback(
    (...input: I): void => {
      if (isRunning.current) return;
      isRunning.current = true;
      const signal = begin();
      setState({ status: 'RUNNING' });
      void unlessGone(signal, async () => {
        try {
          const answer = await latest.current(signal, ...input);
          setState(
            answer.ok ? { status: 'DONE', value: answer.value } : { status: 'REFUSED', problem: answer.problem },
          );
        } catch (error) {
          setState({ status: 'IDLE' });
          throw error;
        }
      }).finally(() => (isRunning.current = false));
    },
    [begin, latest],
  );
  return { ...state, run };
};
