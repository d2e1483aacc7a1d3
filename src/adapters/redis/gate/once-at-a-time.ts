/** Whoever asks for a key while it is being worked on gets the same answer; each waits at most `waitMs`, the work goes on. */
export const onceAtATime = <A>(work: (key: string) => Promise<A>, waitMs: number): ((key: string) => Promise<A>) => {
  const running = new Map<string, Promise<A>>();
  return async (key) => {
    const existing = running.get(key);
    const flight = existing ?? work(key).finally(() => running.delete(key));
    if (existing === undefined) running.set(key, flight);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`Not there within ${waitMs} ms`)), waitMs);
    });
    try {
      return await Promise.race([flight, patience]);
    } finally {
      clearTimeout(timer);
    }
  };
};
