import { useEffect, useRef, useState } from 'preact/hooks';
import { type Problem } from '../api/client.js';
import { follow, inLines, type Lines, type Progress } from '../api/follow.js';

export interface Job<A> {
  readonly start: (call: (asked: ReturnType<typeof inLines>) => Promise<Lines>) => Promise<void>;
  readonly stop: () => void;
  /** Null while nothing runs. */
  readonly progress: Progress | null;
  readonly result: A | null;
  readonly problem: Problem | null;
}

/** Something that takes long: one at a time, ended when the reader leaves. */
export const useJob = <A>(): Job<A> => {
  const running = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [result, setResult] = useState<A | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stop = (): void => {
    running.current?.abort();
    running.current = null;
    setProgress(null);
  };
  useEffect(() => stop, []);
  const start: Job<A>['start'] = async (call) => {
    stop();
    const own = new AbortController();
    running.current = own;
    setResult(null);
    setProblem(null);
    setProgress({ done: 0, total: null });
    const done = await follow<A>(call(inLines(own.signal)), (step) => {
      if (running.current === own) setProgress(step);
    });
    if (running.current !== own) return;
    running.current = null;
    setProgress(null);
    if (done.ok) setResult(done.value);
    else setProblem(done.problem);
  };
  return { start, stop, progress, result, problem };
};
