export type Stop = () => Promise<void> | void;

/** Ends what was begun, the last first. What cannot be ended keeps nothing else from it, and is told when all are. */
export const stopAll = async (begun: ReadonlyArray<Stop>): Promise<void> => {
  const ended: PromiseSettledResult<void>[] = [];
  for (const stop of begun.toReversed()) ended.push(...(await Promise.allSettled([(async () => stop())()])));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};
