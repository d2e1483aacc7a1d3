/**
 * However many ask, one call is under way at a time. Whoever asks during a call shares the next one, which begins after they
 * asked: so no answer is older than its question.
 */
export const sharedNext = <A>(call: () => Promise<A>): (() => Promise<A>) => {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<A> | null = null;
  const begin = (): Promise<A> => {
    next = null;
    const answer = call();
    underWay = answer.catch(() => undefined);
    return answer;
  };
  return () => (next ??= underWay.then(begin));
};
