import { type AllStreamSubscription } from '@eventstore/db-client';

/**
 * When every event that came in has been handed over. The client tells of checkpoints the moment they come in, while events
 * sent before them may still wait in its stream: whoever takes the checkpoint for "seen until here" loses them for good.
 */
export const drained = (stream: AllStreamSubscription): Promise<void> =>
  new Promise((resolve) => {
    if (stream.readableLength === 0) return resolve();
    const look = (): void => {
      if (stream.readableLength > 0) return;
      stream.off('data', look);
      resolve();
    };
    stream.on('data', look);
  });
