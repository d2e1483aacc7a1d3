import { openEventStore } from '../../src/adapters/embedded/event-store/open-event-store.js';
import { openSigningKeys } from '../../src/adapters/embedded/signing-keys/open-signing-keys.js';
import { ringOfSealKeys } from '../../src/adapters/jwt/seal-keys.js';
import { type IssueReceipt, issueReceipts } from '../../src/application/kernel/history/issue-receipts.js';
import { type Task } from '../../src/application/kernel/process/while-leading.js';
import { recordSealKeys } from '../../src/application/operating/history/record-seal-keys.js';
import { sealHistory } from '../../src/application/operating/history/seal-history.js';
import { type HistorySealed, isSealEvent, SEAL_STREAM } from '../../src/application/operating/history/seal.js';
import {
  type HistoryToVerify,
  type HistoryVerified,
  verifyHistory,
} from '../../src/application/operating/history/verify-history.js';
import { type Clock } from '../../src/application/ports/clock.js';
import { answerOf } from './answer-of.js';
import { openedDirectory } from './embedded.js';
import { eventually } from './eventually.js';
import { recordingLog, recordingMetrics, wallClock } from './in-memory/quiet.js';

const TIMES_AS_FAST = 1_000;
const DAY = 86_400_000;

/** What has to wait ten seconds waits ten milliseconds. */
const fastClock: Clock = {
  ...wallClock,
  elapsed: () => performance.now() * TIMES_AS_FAST,
  wakeIn: (ms, wake) => wallClock.wakeIn(ms / TIMES_AS_FAST, wake),
};

export interface SealedStore {
  readonly root: Awaited<ReturnType<typeof openedDirectory>>['root'];
  readonly opened: ReturnType<typeof openEventStore>;
  readonly issueReceipt: IssueReceipt;
  readonly startSealing: (clock?: Clock) => Promise<Task>;
  /** Seals until everything that stands is sealed. */
  readonly sealAll: () => Promise<void>;
  readonly seals: () => Promise<ReadonlyArray<HistorySealed>>;
  readonly verified: (
    fromSeal?: number,
    believed?: Pick<HistoryToVerify, 'keys' | 'known'>,
  ) => Promise<HistoryVerified>;
  /** Opened anew: nothing is remembered. */
  readonly reopened: () => SealedStore;
  readonly close: () => Promise<void>;
}

const PASSING = ['couponRejections-'];

/** An embedded store and its sealer; `now` is what keys are rotated by. */
export const sealedStore = async (path: string, now: () => number = Date.now): Promise<SealedStore> => {
  const directory = await openedDirectory(path);
  const { root } = directory;
  const open = (): SealedStore => {
    const opened = openEventStore(root);
    const { store: eventStore, feed } = opened;
    const keys = ringOfSealKeys({ keys: openSigningKeys(root, 'seal-keys'), now, rotationMs: 30 * DAY });
    const ports = { feed, eventStore, log: recordingLog(), metrics: recordingMetrics() };
    const signingKey = recordSealKeys({ keys, eventStore });
    const issueReceipt = issueReceipts({ signingKey, metrics: ports.metrics, clock: wallClock });
    const startSealing = (clock = fastClock): Promise<Task> =>
      sealHistory({ ...ports, signingKey, clock: { ...clock, now }, isBusy: () => false, passing: PASSING })(
        () => undefined,
      );
    const verify = verifyHistory({ feed, eventStore });
    return {
      root,
      opened,
      issueReceipt,
      startSealing,
      sealAll: async () => {
        const task = await startSealing();
        await eventually(async () => (await answerOf(verify({}))).unsealed === 0);
        await task.stop();
      },
      seals: async () =>
        (await answerOf(eventStore.readStream(SEAL_STREAM, 0, 1_000))).flatMap(({ event }) =>
          isSealEvent(event) ? [event] : [],
        ),
      verified: (fromSeal = 0, believed = {}) => answerOf(verify({ fromSeal, ...believed })),
      reopened: open,
      close: async () => {
        await opened.close();
        await directory.close();
      },
    };
  };
  return open();
};
