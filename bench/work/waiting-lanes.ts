/** Does something so many times, at most `lanes` of them on their way at once; the answers in the order of the numbers. */
export const inAll = async <A>(
  times: number,
  lanes: number,
  act: (n: number) => Promise<A>,
): Promise<ReadonlyArray<A>> => {
  const answers = new Map<number, A>();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let n = next++; n < times; n = next++) answers.set(n, await act(n));
  };
  await Promise.all(Array.from({ length: Math.min(lanes, times) }, lane));
  return [...answers].sort(([one], [other]) => one - other).map(([, answer]) => answer);
};
