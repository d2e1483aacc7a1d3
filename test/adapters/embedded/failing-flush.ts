import { type RootDatabase } from 'lmdb';

/** An environment whose commits stand, and are answered as failed while `isFailing` says so: the disk does not flush them. */
export const failingFlush = (root: RootDatabase<unknown>, isFailing: () => boolean): RootDatabase<unknown> => {
  const failing: RootDatabase<unknown> = Object.create(root, {
    childTransaction: {
      value: async (action: () => unknown) => {
        const answer = await root.childTransaction(action);
        if (!isFailing()) return answer;
        throw Object.assign(new Error('Commit failed'), { commitError: Promise.reject(new Error('EIO')) });
      },
    },
  });
  return failing;
};
