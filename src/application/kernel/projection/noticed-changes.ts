import { type Clock } from '../../ports/clock.js';
import { type ReadModels } from '../../ports/read-models.js';

export interface ChangesToNotice {
  readonly view: string;
  readonly id: string;
  /** Aborted: it ends every wait. */
  readonly signal?: AbortSignal | undefined;
}

export interface NoticedChanges {
  /** Resolves when the document has changed since the last call, or after `ms`. */
  readonly next: (ms: number) => Promise<void>;
  readonly stop: () => void;
}

/** The changes of one document. Notices may be late or lost: whoever waits looks again now and then all the same. */
export const noticedChanges = (
  { readModels, clock }: { readonly readModels: Pick<ReadModels, 'watch'>; readonly clock: Clock },
  { view, id, signal }: ChangesToNotice,
): NoticedChanges => {
  let isChanged = false;
  let wake = (): void => undefined;
  const notice = (): void => {
    isChanged = true;
    wake();
  };
  const unwatch = readModels.watch(view, id, notice);
  signal?.addEventListener('abort', notice);
  return {
    next: async (ms) => {
      if (!isChanged)
        await new Promise<void>((resolve) => {
          const cancel = clock.wakeIn(ms, resolve);
          wake = () => {
            cancel();
            resolve();
          };
        });
      isChanged = false;
    },
    stop: () => {
      unwatch();
      signal?.removeEventListener('abort', notice);
    },
  };
};
