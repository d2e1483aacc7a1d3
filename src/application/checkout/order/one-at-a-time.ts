/** Work on one key is done one after the other, in the order in which it was asked for; different keys side by side. */
export const oneAtATime = <A>(): ((key: string, work: () => Promise<A>) => Promise<A>) => {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, mine);
    const forget = (): void => {
      if (last.get(key) === mine) last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  };
};
