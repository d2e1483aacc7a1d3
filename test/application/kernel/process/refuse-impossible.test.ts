import { refuseImpossible } from '../../../../src/application/kernel/process/refuse-impossible.js';
import { BEGINNING, NO_STREAM, type Position } from '../../../../src/application/ports/event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { freshStream, sampleEvents } from '../../../support/event-samples.js';
import { eventually } from '../../../support/eventually.js';
import { recordFeed } from '../../../support/feed-recorder.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';
import { movedClock } from '../../../support/moved-clock.js';

const setting = async () => {
  const clock = movedClock();
  const log = recordingLog();
  const store = new InMemoryEventStore(clock.now);
  const { position } = await answerOf(store.append(freshStream(), NO_STREAM, sampleEvents(3)));
  const feed = refuseImpossible({ feed: store, clock, log });
  const happens = () => answerOf(store.append(freshStream(), NO_STREAM, sampleEvents(1)));
  return { store, clock, log, feed, position, happens };
};

describe('A feed goes on from a stored position', () => {
  it.each([
    ['the beginning', () => BEGINNING, 4],
    ['an event', (last: Position) => last, 1],
  ])('that is %s', async (_, from, count) => {
    const { feed, position, happens } = await setting();
    const recorder = recordFeed(feed, from(position));
    await happens();
    await eventually(() => expect(recorder.events).toHaveLength(count));
    await recorder.stop();
  });

  it.each([
    ['ahead of the last event', (last: Position) => last + 1],
    ['-1 as some servers tell it', () => Number(2n ** 64n - 1n)],
    ['no number at all', () => Number.NaN],
  ])('but not when it is %s: it says so, and what to do', async (_, from) => {
    const { feed, position, happens, log, clock } = await setting();
    const recorder = recordFeed(feed, from(position));
    await eventually(() => {
      clock.move(500);
      expect(log.lines).toEqual([
        expect.stringMatching(/^error Refused: .*ahead of the last event.*Stop every process/),
      ]);
    });
    // Also when events come to where it pointed: what was before them would be missed.
    await happens();
    await happens();
    await recorder.stop();
    expect(recorder.events).toEqual([]);
  });

  it('when the node that is asked has only fallen behind the one that was asked before', async () => {
    const { feed, position, happens, log, clock } = await setting();
    const recorder = recordFeed(feed, position + 1);
    clock.move(500);
    await happens();
    await happens();
    await eventually(() => {
      clock.move(500);
      expect(recorder.events.length).toBeGreaterThan(0);
    });
    await recorder.stop();
    expect(log.lines).toEqual([]);
  });

  it('once the store answers', async () => {
    const { feed, store, position, happens, clock } = await setting();
    store.unavailable = true;
    const recorder = recordFeed(feed, position);
    store.unavailable = false;
    await happens();
    await eventually(() => {
      clock.move(500);
      expect(recorder.events).toHaveLength(1);
    });
    await recorder.stop();
  });
});
