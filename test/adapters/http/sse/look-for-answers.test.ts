import { lookForAnswers } from '../../../../src/adapters/http/sse/look-for-answers.js';
import { type Stream } from '../../../../src/adapters/http/sse/stream.js';
import { type SendQueue } from '../../../../src/adapters/http/sse/tcp-table.js';
import { eventually } from '../../../support/eventually.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';

/** A stream that always waits for an answer; what it is told goes to `told`. */
const waiting = (key: string, told: (queue: SendQueue | 'Unknown') => void): Stream => ({
  open: () => undefined,
  write: () => undefined,
  sentAt: () => 0,
  unanswered: () => ({ key, look: told }),
  silentMs: () => 0,
  cutOff: () => null,
  end: () => undefined,
});

const queue: SendQueue = { bytes: 3, asked: 4, isHeldBack: false };

describe('looking for answers', () => {
  test('tells each stream what the kernel knows of it, and that it knows nothing of the others', async () => {
    const told = new Map<string, SendQueue | 'Unknown'>();
    const streams = new Set(['here', 'missing'].map((key) => waiting(key, (known) => void told.set(key, known))));
    const readings: ReadonlyArray<string>[] = [];
    const looking = lookForAnswers(streams, 1, recordingLog(), async (wanted, found) => {
      readings.push([...wanted]);
      found('here', queue);
    });
    try {
      await eventually(() => expect([...told]).toStrictEqual(expect.arrayContaining([['missing', 'Unknown']])));
      expect(told.get('here')).toStrictEqual(queue);
      expect(readings[0]).toStrictEqual(['here', 'missing']);
    } finally {
      looking.stop();
    }
  });

  test('takes everybody to be there where the kernel does not say, and says so once', async () => {
    const told: (SendQueue | 'Unknown')[] = [];
    const log = recordingLog();
    const noTable = (): Promise<void> => Promise.reject(new Error('ENOENT'));
    const looking = lookForAnswers(new Set([waiting('ana', (known) => void told.push(known))]), 1, log, noTable);
    try {
      await eventually(() => expect(told.length).toBeGreaterThanOrEqual(3));
      expect(new Set(told)).toStrictEqual(new Set(['Unknown']));
      expect(log.lines).toStrictEqual(['debug The kernel does not report which clients acknowledge data']);
    } finally {
      looking.stop();
    }
  });
});
