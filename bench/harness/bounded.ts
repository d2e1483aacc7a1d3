/** What `promise` answers, unless that takes longer: then rejects with the error that `late` makes. */
export const within = <A>(withinMs: number, promise: Promise<A>, late: () => Error): Promise<A> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), withinMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
