import { type ByKey, type Process } from '../../../../src/application/kernel/process/process.js';
import { type Acted } from '../../../../src/application/kernel/process/put-off.js';
import { type Task } from '../../../../src/application/kernel/process/while-leading.js';
import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';
import { running } from '../../../support/running.js';

const checkpoint = { view: 'walker', version: 1, build: 1 };

const setting = () => {
  const store = new InMemoryEventStore();
  const readModels = new InMemoryReadModels();
  const tasks: Task[] = [];
  let next = 0;
  return {
    readModels,
    append: async (streamId: string, type = 'Stepped'): Promise<number> => {
      const revision = await answerOf(store.lastRevision(streamId));
      const event = { id: `event-${(next += 1)}`, event: { type }, metadata: { correlationId: 'test' } };
      return (await answerOf(store.append(streamId, revision, [event]))).position;
    },
    kept: () => answerOf(readModels.checkpoint(checkpoint)),
    run: async <Work>(process: Process<Work>, overtaken?: () => void): Promise<Task> => {
      const task = await running({ feed: store, eventStore: store, readModels }, process, overtaken);
      tasks.push(task);
      return task;
    },
    stop: async () => void (await Promise.all(tasks.splice(0).map((task) => task.stop()))),
  };
};

describe('a process that follows events', () => {
  let world: ReturnType<typeof setting>;
  beforeEach(() => (world = setting()));
  afterEach(() => world.stop());

  describe('key by key', () => {
    const setUp = () => {
      const begun: string[] = [];
      const ends = new Map<string, () => void>();
      const walker: ByKey<string> = {
        name: 'walker',
        streamPrefixes: ['walk-'],
        checkpoint,
        sideBySide: 10,
        mostWaiting: 2,
        look: ({ streamId, event }) => (event.type === 'Stepped' ? streamId : null),
        keyOf: (streamId) => streamId,
        drive: ({ recorded: { streamId, revision } }, { signal }) =>
          new Promise((resolve) => {
            begun.push(`${streamId}/${revision}`);
            ends.set(streamId, () => resolve(true));
            signal.addEventListener('abort', () => resolve(false));
          }),
      };
      return { begun, walker, end: (streamId: string) => ends.get(streamId)?.() };
    };

    it('has one that is stuck hold up nobody, and stays before it with its checkpoint', async () => {
      const { begun, walker, end } = setUp();
      await world.run(walker);
      const stuck = await world.append('walk-a');
      const last = await world.append('walk-b');
      await eventually(() => expect(begun).toStrictEqual(['walk-a/0', 'walk-b/0']));
      end('walk-b');
      await eventually(async () => expect(await world.kept()).toBe(stuck - 1));
      end('walk-a');
      await eventually(async () => expect(await world.kept()).toBe(last));
    });

    it('acts on the newest of what came for a key while that was being acted upon', async () => {
      const { begun, walker, end } = setUp();
      const task = await world.run(walker);
      await world.append('walk-a');
      await eventually(() => expect(begun).toStrictEqual(['walk-a/0']));
      await world.append('walk-a');
      const last = await world.append('walk-a');
      await eventually(() => task.position?.() === last);
      end('walk-a');
      await eventually(() => expect(begun).toStrictEqual(['walk-a/0', 'walk-a/2']));
      end('walk-a');
      await eventually(async () => expect(await world.kept()).toBe(last));
    });

    it('acts again, after a restart, on what it was interrupted at', async () => {
      const { begun, walker } = setUp();
      await world.run(walker);
      await world.append('walk-a');
      await eventually(() => expect(begun).toStrictEqual(['walk-a/0']));
      await world.stop();
      await world.run(walker);
      await eventually(() => expect(begun).toStrictEqual(['walk-a/0', 'walk-a/0']));
    });

    it('writes its checkpoint once at a time, though work ends while it is being written: nobody overtakes it', async () => {
      const { begun, walker, end } = setUp();
      const looked: number[] = [];
      const look: typeof walker.look = (recorded, isReplay) => {
        looked.push(recorded.position);
        return walker.look(recorded, isReplay);
      };
      let timesOvertaken = 0;
      await world.run({ ...walker, look }, () => (timesOvertaken += 1));
      await world.append('walk-a');
      await world.append('walk-b');
      await eventually(() => expect(begun).toStrictEqual(['walk-a/0', 'walk-b/0']));

      const writing: Array<() => void> = [];
      world.readModels.beforeWrite = () => new Promise((written) => void writing.push(written));
      end('walk-a');
      await eventually(() => writing.length === 1);
      const last = await world.append('walk-a', 'Rested');
      // Taken, and waiting for the first write; then there is more to write for the work that ends, and for itself.
      await eventually(() => looked.includes(last));
      end('walk-b');
      writing[0]?.();
      await eventually(() => writing.length > 1);
      await new Promise(setImmediate);
      const underWay = writing.length - 1;
      world.readModels.beforeWrite = () => undefined;
      for (const written of writing) written();
      expect(underWay).toBe(1);
      await eventually(async () => expect(await world.kept()).toBe(last));
      expect(timesOvertaken).toBe(0);
    });

    it('keeps no more waiting than it may: the feed waits', async () => {
      const { begun, walker, end } = setUp();
      const task = await world.run({ ...walker, sideBySide: 1 });
      for (const name of ['a', 'b', 'c', 'd', 'e']) await world.append(`walk-${name}`);
      const last = await world.append('walk-a', 'Rested');
      await eventually(() => expect(begun).toStrictEqual(['walk-a/0']));
      expect(task.position?.()).toBeLessThan(last);
      for (const name of ['a', 'b', 'c', 'd', 'e']) {
        await eventually(() => expect(begun.at(-1)).toBe(`walk-${name}/0`));
        end(`walk-${name}`);
      }
      await eventually(() => task.position?.() === last);
    });

    describe('where keys are put off', () => {
      const putOffOnes = () => {
        const begun: string[] = [];
        const rests = new Map<string, () => void>();
        const whatElse = new Map<string, Promise<Acted>>();
        const { walker } = setUp();
        const act = async (streamId: string, signal: AbortSignal): Promise<Acted> => {
          begun.push(streamId);
          const instead = whatElse.get(streamId);
          if (instead !== undefined) return instead;
          if (signal.aborted || !streamId.startsWith('walk-later')) return !signal.aborted;
          const rested = new Promise<void>((resolve) => {
            rests.set(streamId, resolve);
            signal.addEventListener('abort', () => resolve());
          });
          return { rested, again: () => act(streamId, signal) };
        };
        const putOff: ByKey<string> = { ...walker, drive: ({ work }, { signal }) => act(work, signal) };
        const acts = (streamId: string, answer: Promise<Acted>) => void whatElse.set(streamId, answer);
        return { begun, putOff, acts, rest: (streamId: string) => rests.get(streamId)?.() };
      };

      it('has others take their places, more of them than may wait for their turn', async () => {
        const { begun, putOff } = putOffOnes();
        const task = await world.run({ ...putOff, sideBySide: 1 });
        for (const name of ['later-a', 'later-b', 'later-c', 'later-d', 'now']) await world.append(`walk-${name}`);
        await eventually(() => expect(begun.at(-1)).toBe('walk-now'));
        const last = await world.append('walk-now', 'Rested');
        await eventually(() => task.position?.() === last);
        expect(task.putOff?.()).toBe(4);
      });

      it('acts on them again when they have rested, and stays before them with its checkpoint until then', async () => {
        const { begun, putOff, acts, rest } = putOffOnes();
        await world.append('walk-a');
        const first = await world.append('walk-later');
        const last = await world.append('walk-b');
        await world.run(putOff);
        await eventually(() => expect(begun).toStrictEqual(['walk-a', 'walk-later', 'walk-b']));
        await eventually(async () => expect(await world.kept()).toBe(first - 1));
        acts('walk-later', Promise.resolve(true));
        rest('walk-later');
        await eventually(async () => expect(await world.kept()).toBe(last));
        expect(begun).toStrictEqual(['walk-a', 'walk-later', 'walk-b', 'walk-later']);
      });

      it('acts on what comes for one at once, and makes up with it for what was put off', async () => {
        const { begun, putOff, acts } = putOffOnes();
        await world.run(putOff);
        await world.append('walk-later');
        await eventually(() => expect(begun).toStrictEqual(['walk-later']));
        acts('walk-later', Promise.resolve(true));
        const last = await world.append('walk-later');
        await eventually(async () => expect(await world.kept()).toBe(last));
        expect(begun).toStrictEqual(['walk-later', 'walk-later']);
      });

      it('leaves half of the places to the others, however many are to be tried again', async () => {
        const { begun, putOff, acts, rest } = putOffOnes();
        await world.run({ ...putOff, sideBySide: 2 });
        await world.append('walk-later-a');
        await world.append('walk-later-b');
        await eventually(() => expect(begun).toStrictEqual(['walk-later-a', 'walk-later-b']));
        let endFirst = (): void => undefined;
        acts('walk-later-a', new Promise((resolve) => (endFirst = () => resolve(true))));
        acts('walk-later-b', Promise.resolve(true));
        rest('walk-later-a');
        rest('walk-later-b');
        const last = await world.append('walk-now');
        await eventually(() => expect(begun.at(-1)).toBe('walk-now'));
        expect(begun.slice(2)).toStrictEqual(['walk-later-a', 'walk-now']);
        endFirst();
        await eventually(async () => expect(await world.kept()).toBe(last));
      });

      it('holds no more of them than it may: the feed waits until one of them is done', async () => {
        const { begun, putOff, acts, rest } = putOffOnes();
        const task = await world.run({ ...putOff, mostPutOff: 1 });
        await world.append('walk-later');
        await eventually(() => expect(begun).toStrictEqual(['walk-later']));
        const last = await world.append('walk-now');
        await new Promise(setImmediate);
        expect(begun).toStrictEqual(['walk-later']);
        acts('walk-later', Promise.resolve(true));
        rest('walk-later');
        await eventually(() => task.position?.() === last);
        expect(begun).toStrictEqual(['walk-later', 'walk-later', 'walk-now']);
      });
    });
  });

  it('begins where it is found to have stood, when its checkpoint is lost', async () => {
    const acted: number[] = [];
    const first = await world.append('walk-a');
    const second = await world.append('walk-a');
    await world.run({
      name: 'walker',
      streamPrefixes: ['walk-'],
      checkpoint,
      beginsAt: async () => first,
      look: ({ position }) => position,
      act: async (items) => void acted.push(...items.map(({ work }) => work)),
    });
    await eventually(() => expect(acted).toStrictEqual([second]));
    await eventually(async () => expect(await world.kept()).toBe(second));
  });

  it('is told whenever it begins: another one may have followed meanwhile', async () => {
    const told: string[] = [];
    const process: Process<string> = {
      name: 'walker',
      streamPrefixes: ['walk-'],
      checkpoint,
      onBegin: () => void told.push('begun'),
      look: ({ streamId, revision }) => `${streamId}/${revision}`,
      act: async (items) => void told.push(...items.map(({ work }) => work)),
    };
    await world.append('walk-a');
    await world.run(process);
    await eventually(() => expect(told).toStrictEqual(['begun', 'walk-a/0']));
    await world.stop();
    await world.append('walk-a');
    await world.run(process);
    await eventually(() => expect(told).toStrictEqual(['begun', 'walk-a/0', 'begun', 'walk-a/1']));
  });

  it('writes no checkpoint for events it has nothing to do about', async () => {
    const process: Process<number> = {
      name: 'walker',
      streamPrefixes: ['walk-'],
      checkpoint,
      look: () => null,
      act: async () => undefined,
    };
    const task = await world.run(process);
    const last = await world.append('walk-a');
    await eventually(() => task.position?.() === last);
    expect(await world.kept()).toBe(-1);
  });

  it('follows from now on, for itself, where it keeps no checkpoint', async () => {
    const acted: number[] = [];
    await world.append('walk-a');
    await world.run({
      name: 'walker',
      streamPrefixes: ['walk-'],
      checkpoint: null,
      look: ({ position }) => position,
      act: async (items) => void acted.push(...items.map(({ work }) => work)),
    });
    const last = await world.append('walk-a');
    await eventually(() => expect(acted).toStrictEqual([last]));
  });
});
