import { taskEither as TE } from 'fp-ts';
import { verifying } from '../../../src/application/operating/verify.js';
import { answerOf } from '../../support/answer-of.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { InMemoryMessageLog } from '../../support/in-memory/message-log.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog, wallClock } from '../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';

const newer = { type: 'WrittenByANewerVersion' };

test.each([
  ['verifyCoupon', 'coupon-x'],
  ['verifyCoupon', 'couponRejections-x'],
  ['verifySchedule', 'waitingRoom-x'],
  ['verifySchedule', 'waitingRejections-x'],
  ['verifyOrder', 'order-x'],
  ['verifyOrder', 'delivery-x'],
  ['verifyOrderStock', 'stock-x'],
] as const)(
  '%s judges nothing by what is left of %s where that cannot be read, and says so',
  async (verify, streamId) => {
    const [eventStore, messageLog, readModels] = [
      new InMemoryEventStore(),
      new InMemoryMessageLog(),
      new InMemoryReadModels(),
    ];
    await answerOf(eventStore.append(streamId, -1, [{ id: 'e', event: newer, metadata: { correlationId: 'c' } }]));
    const loading = { eventStore, messageLog, readModels, snapshots: noSnapshots, logger: recordingLog() };
    const verdicts = verifying({ ...loading, clock: wallClock, listParked: TE.right([]) });
    const told = `cannot be judged: ${streamId} holds an event WrittenByANewerVersion .*upgrade first`;
    expect(await verdicts[verify]('x', { onProgress: () => undefined })()).toMatchObject({
      right: { verdict: 'FAIL', reasons: [expect.stringMatching(told)] },
    });
  },
);
