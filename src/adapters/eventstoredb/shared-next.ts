/**
 * However many ask at once, one call is under way at a time. Who asks meanwhile shares the call after it, which begins later than they
 * asked: so the answer is never older than the question.
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
