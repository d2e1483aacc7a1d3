import { jest } from '@jest/globals';
import { either as E, taskEither as TE } from 'fp-ts';
import { type LoadAggregatePorts } from '../../../../src/application/kernel/writer/load-aggregate.js';
import { type AsKnown, loadDecideAppend } from '../../../../src/application/kernel/writer/load-decide-append.js';
import { BEGINNING, type EventStore, NO_STREAM } from '../../../../src/application/ports/event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';
import { type Jar, jarDecider, jarWriting, type MarblePut } from './jar.js';

describe('one command on one aggregate', () => {
  let store: InMemoryEventStore;
  let appends: number;
  beforeEach(() => {
    store = new InMemoryEventStore();
    appends = 0;
  });

  const put = (marbles: number, commandId: string, over: Partial<EventStore> = {}, known?: AsKnown<Jar>) => {
    const eventStore: EventStore = {
      readStream: store.readStream,
      lastRevision: store.lastRevision,
      keepFor: store.keepFor,
      append: (...asked) => {
        appends += 1;
        return store.append(...asked);
      },
      ...over,
    };
    const ports: LoadAggregatePorts = { eventStore, snapshots: noSnapshots, logger: recordingLog() };
    return loadDecideAppend(ports)(jarDecider(5), jarWriting(5).aggregate)({
      streamId: 'jar-a',
      command: { marbles },
      known,
      commandId,
      metadata: { correlationId: 'c' },
    })();
  };
  const inJar = async () => (await answerOf(store.readStream('jar-a', 0, 100))).map(({ event }) => event);
  const marble = (nth: number): MarblePut => ({ type: 'MarblePut', nth });
  const appendAfter =
    (before: () => Promise<unknown>): EventStore['append'] =>
    (...asked) =>
    async () => {
      await before();
      return store.append(...asked)();
    };

  it('is decided on what its events left, and appended in one step', async () => {
    await put(2, 'first');
    const handled = await put(3, 'second');
    expect(handled).toMatchObject({ right: { state: { held: 5 }, events: [marble(3), marble(4), marble(5)] } });
    expect(await inJar()).toEqual([1, 2, 3, 4, 5].map(marble));
    expect(appends).toBe(2);
  });

  it('asks a stream that is new for nothing but its events', async () => {
    const lastRevision = jest.fn(store.lastRevision);
    expect(E.isRight(await put(1, 'first', { lastRevision }))).toBe(true);
    expect(lastRevision).not.toHaveBeenCalled();
  });

  it('goes on behind events that are no longer kept', async () => {
    await put(2, 'first');
    const expired: Partial<EventStore> = { readStream: () => TE.right([]) };
    expect(await put(1, 'second', expired)).toMatchObject({ right: { state: { held: 1 } } });
    expect(await inJar()).toEqual([marble(1), marble(2), marble(1)]);
  });

  it('writes nothing when the rule says no', async () => {
    expect(await put(6, 'first')).toEqual(E.left({ error: 'Rejected', rejection: 'FULL' }));
    expect(await store.lastRevision('jar-a')()).toEqual(E.right(NO_STREAM));
  });

  it('appends nothing when there is nothing to be done', async () => {
    expect(await put(0, 'first')).toMatchObject({ right: { events: [], position: BEGINNING } });
    expect(appends).toBe(0);
  });

  it('is decided again when somebody else wrote in between', async () => {
    let others = 0;
    const append = appendAfter(async () => {
      if (others++ === 0) await put(4, 'other');
    });
    expect(await put(2, 'mine', { append })).toEqual(E.left({ error: 'Rejected', rejection: 'FULL' }));
    expect(await inJar()).toEqual([1, 2, 3, 4].map(marble));
  });

  it('gives up against somebody who is always faster, and says that nothing was written', async () => {
    const append = () => TE.left('RevisionConflict' as const);
    expect(await put(1, 'mine', { append })).toEqual(E.left({ error: 'Contended' }));
  });

  it('is repeated, the very same, while nobody knows whether it was written', async () => {
    let answered = 0;
    const append: EventStore['append'] =
      (...asked) =>
      async () => {
        const appended = await store.append(...asked)();
        return answered++ === 0 ? E.left('AppendOutcomeUnknown') : appended;
      };
    expect(await put(1, 'mine', { append })).toMatchObject({ right: { state: { held: 1 } } });
    expect(await inJar()).toEqual([marble(1)]);
  });

  it('never claims to have failed when it may have been written', async () => {
    const append = () => TE.left('AppendOutcomeUnknown' as const);
    expect(await put(1, 'mine', { append })).toEqual(E.left({ error: 'AppendOutcomeUnknown' }));
  });

  it('is not decided on a guess while the store is away', async () => {
    store.unavailable = true;
    expect(await put(1, 'mine')).toEqual(E.left({ error: 'EventStoreUnavailable' }));
    expect(appends).toBe(0);
  });

  describe('for whoever knows the aggregate already', () => {
    const nothingYet = { state: { held: 0 }, revision: NO_STREAM };

    it('reads nothing', async () => {
      const readStream = jest.fn(store.readStream);
      expect(await put(2, 'first', { readStream }, nothingYet)).toMatchObject({ right: { revision: 1 } });
      expect(readStream).not.toHaveBeenCalled();
    });

    it('is decided again on what stands there, if somebody else wrote meanwhile', async () => {
      await put(4, 'other');
      expect(await put(2, 'mine', {}, nothingYet)).toEqual(E.left({ error: 'Rejected', rejection: 'FULL' }));
      expect(await put(1, 'mine', {}, nothingYet)).toMatchObject({ right: { state: { held: 5 } } });
      expect(await inJar()).toEqual([1, 2, 3, 4, 5].map(marble));
    });

    it('never rejects a command, nor skips it, because of a state that is out of date', async () => {
      await put(1, 'other');
      const full = { state: { held: 5 }, revision: NO_STREAM };
      expect(await put(1, 'mine', {}, full)).toMatchObject({ right: { state: { held: 2 } } });
      expect(await put(0, 'none', {}, full)).toMatchObject({ right: { state: { held: 2 }, events: [] } });
    });
  });
});
