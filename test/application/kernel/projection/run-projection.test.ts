import { jest } from '@jest/globals';
import { type FaultOf } from '../../../../src/application/kernel/events/event-schemas.js';
import { parkingOf } from '../../../../src/application/kernel/process/parking/parking.js';
import { projectionOf } from '../../../../src/application/kernel/projection/projection.js';
import { startProjections } from '../../../../src/application/kernel/projection/start-projections.js';
import { type RecordedEvent } from '../../../../src/application/ports/event-store.js';
import { type Build, type DocumentWrite } from '../../../../src/application/ports/read-models.js';
import { eventually } from '../../../support/eventually.js';
import { game, tallies, tallying } from './tally.js';

describe('A projection', () => {
  it('shows what has happened, and goes on showing what happens', async () => {
    const { score, served, start } = game();
    await score('ana', 3);
    const projections = start();
    await projections.ready;
    expect(await served('ana')).toEqual({ points: 3, goals: 1 });
    await score('ana', 2, 2);
    await eventually(async () => expect(await served('ana')).toEqual({ points: 7, goals: 3 }));
    await projections.stop();
  });

  it('writes a document once, however many events of a batch change it', async () => {
    const { readModels, score, served, start } = game();
    const written: ReadonlyArray<DocumentWrite>[] = [];
    const write = readModels.write;
    jest.spyOn(readModels, 'write').mockImplementation((build, writes, checkpoint) => {
      written.push(writes);
      return write(build, writes, checkpoint);
    });
    await score('ana', ...Array.from({ length: 200 }, () => 1));
    const projections = start();
    await projections.ready;
    expect(written.flat()).toHaveLength(1);
    expect(await served('ana')).toEqual({ points: 200, goals: 200 });
    await projections.stop();
  });

  it('counts nothing twice when it is stopped and started again in the middle', async () => {
    const { score, served, start } = game();
    for (let round = 1; round <= 5; round++) {
      const projections = start();
      await score('ana', 1, 1);
      await projections.ready;
      await projections.stop();
    }
    const projections = start();
    await eventually(async () => expect(await served('ana')).toEqual({ points: 10, goals: 10 }));
    await projections.stop();
  });

  it('counts nothing twice when two processes run it at once', async () => {
    const { score, served, start } = game();
    const both = [start(), start()];
    await Promise.all(both.map(({ ready }) => ready));
    for (let goal = 0; goal < 50; goal++) await score('ana', 1);
    await eventually(async () => expect(await served('ana')).toEqual({ points: 50, goals: 50 }));
    await Promise.all(both.map(({ stop }) => stop()));
  });

  it('counts nothing twice when the feed brings what it brought before, with what is new', async () => {
    const { events, score, served, start } = game();
    const subscribe = events.subscribe.bind(events);
    jest.spyOn(events, 'subscribe').mockImplementation((after, handle, options) => {
      const brought: RecordedEvent[] = [];
      const again: typeof handle = (batch) => {
        brought.push(...batch.events);
        return handle({ ...batch, events: [...brought] });
      };
      return subscribe(after, again, options);
    });
    const projections = start();
    await projections.ready;
    await score('ana', 2);
    await eventually(async () => expect(await served('ana')).toEqual({ points: 2, goals: 1 }));
    await score('ben', 1);
    await eventually(async () => expect(await served('ben')).toEqual({ points: 1, goals: 1 }));
    expect(await served('ana')).toEqual({ points: 2, goals: 1 });
    await projections.stop();
  });

  it('waits for read models that are away, and loses nothing', async () => {
    const { log, readModels, score, served, start } = game();
    const projections = start();
    await projections.ready;
    readModels.unavailable = true;
    await score('ana', 5);
    await eventually(() => expect(projections.status('tallies')?.trouble).toMatchObject({ stuck: false }));
    readModels.unavailable = false;
    await eventually(async () => expect(await served('ana')).toEqual({ points: 5, goals: 1 }));
    await eventually(() => expect(projections.status('tallies')?.trouble).toBeNull());
    expect(log.lines).toContain('warn A projection waits for an engine');
    await projections.stop();
  });

  it('waits for an event store in which it cannot record that it passes over a stream', async () => {
    const { log, ports, score, served } = game();
    let isAway = true;
    const record = async (): Promise<void> => {
      if (isAway) throw new Error('The event store is away');
    };
    const faultOf: FaultOf = ({ event }) =>
      'player' in event && event.player === 'ben' ? 'not of this version' : null;
    const parking = () => parkingOf(faultOf, { record });
    const parkedStreams = { open: async () => parking(), fresh: parking, replace: async () => undefined };
    const projections = startProjections({ ...ports, parkedStreams })([tallying]);
    await projections.ready;
    await score('ana', 5);
    await score('ben', 5);
    await eventually(() => expect(projections.status('tallies')?.trouble).toMatchObject({ stuck: false }));
    isAway = false;
    await eventually(() => expect(projections.status('tallies')?.trouble).toBeNull());
    expect(await served('ana')).toEqual({ points: 5, goals: 1 });
    expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
    await projections.stop();
  });

  it('folds nothing twice when a write was made but its answer was lost', async () => {
    const { readModels, score, served, start } = game();
    const projections = start();
    await projections.ready;
    const write = readModels.write;
    jest.spyOn(readModels, 'write').mockImplementationOnce((build: Build, writes, checkpoint) => async () => {
      await write(build, writes, checkpoint)();
      return { _tag: 'Left', left: 'ReadModelsUnavailable' };
    });
    await score('ana', 5);
    await score('ana', 5);
    await eventually(async () => expect(await served('ana')).toEqual({ points: 10, goals: 2 }));
    await projections.stop();
  });

  it('is told to be stuck no longer once it does not run here, and when it is begun anew', async () => {
    const { metrics, score, served, start } = game();
    const fold = (): never => {
      throw new Error('No fold of it works');
    };
    const stuck = start(projectionOf({ ...tallies, fold }));
    await stuck.ready;
    await score('ana', 1);
    await eventually(() => expect(metrics.values.get('projection_stuck')).toBe(1));
    await stuck.stop();
    expect([metrics.values.get('projection_stuck'), stuck.status('tallies')?.trouble]).toEqual([0, null]);
    const mended = start(projectionOf(tallies));
    await eventually(async () => expect(await served('ana')).toEqual({ points: 1, goals: 1 }));
    expect(metrics.values.get('projection_stuck')).toBe(0);
    await mended.stop();
  });

  it('says that it is stuck when its fold throws, and goes on once it no longer does', async () => {
    const { log, metrics, score, served, start } = game();
    let broken = true;
    const fragile = projectionOf({
      ...tallies,
      fold: (document, event, id) => {
        if (broken && id === 'ben') throw new Error('Ben is too much');
        return tallies.fold(document, event, id);
      },
    });
    const projections = start(fragile);
    await projections.ready;
    await score('ana', 1);
    await score('ben', 1);
    await eventually(() =>
      expect(projections.status('tallies')?.trouble).toMatchObject({ stuck: true, reason: 'Ben is too much' }),
    );
    expect(log.lines).toContain('error A projection is stuck: its fold throws');
    expect(metrics.values.get('projection_stuck')).toBe(1);
    broken = false;
    await eventually(async () => expect(await served('ben')).toEqual({ points: 1, goals: 1 }));
    await eventually(() => expect(metrics.values.get('projection_stuck')).toBe(0));
    expect(await served('ana')).toEqual({ points: 1, goals: 1 });
    await projections.stop();
  });

  it('is built anew when its version was raised, and the old build is dropped', async () => {
    const { must, readModels, score, served, start } = game();
    await score('ana', 3);
    const old = start();
    await old.ready;
    await old.stop();
    const doubled = projectionOf({
      ...tallies,
      version: 2,
      fold: (document, event, id) => {
        const next = tallies.fold(null, event, id);
        return next === null ? null : { points: (document?.points ?? 0) + 2 * next.points, goals: 0 };
      },
    });
    const projections = start(doubled);
    await projections.ready;
    expect(await served('ana')).toEqual({ points: 6, goals: 0 });
    const { all } = must(await readModels.builds('tallies')());
    expect(all).toEqual([{ view: 'tallies', version: 2, build: 2 }]);
    await projections.stop();
  });

  it('stands aside when a newer version of it is already live', async () => {
    const { score, served, start } = game();
    await score('ana', 3);
    const newer = start(projectionOf({ ...tallies, version: 2 }));
    await newer.ready;
    const older = start();
    await eventually(() => expect(older.status('tallies')?.phase).toBe('superseded'));
    await score('ana', 1);
    await eventually(async () => expect(await served('ana')).toEqual({ points: 4, goals: 2 }));
    await Promise.all([older.stop(), newer.stop()]);
  });

  it('is built anew when it was wiped, though nothing happens any more', async () => {
    const { must, readModels, score, served, start } = game();
    const projections = start();
    await projections.ready;
    await score('ana', 3);
    await eventually(async () => expect(await served('ana')).toEqual({ points: 3, goals: 1 }));
    must(await readModels.drop({ view: 'tallies', version: 1, build: 1 })());
    await eventually(async () => expect(await served('ana')).toEqual({ points: 3, goals: 1 }));
    await projections.stop();
  });

  /** Hours pass in seconds. */
  const hurrying = ({ clock, ports }: Pick<ReturnType<typeof game>, 'clock' | 'ports'>): void => {
    const ahead = { ...clock, elapsed: () => performance.now() * 1_000 };
    Object.assign(ports, { clock: { ...ahead, wakeIn: (_: number, wake: () => void) => clock.wakeIn(0, wake) } });
  };

  it('is built anew when whoever was to replace it dies in the middle, though nothing happens any more', async () => {
    const { must, readModels, score, start, clock, ports } = game();
    hurrying({ clock, ports });
    const position = await score('ana', 3);
    const projections = start(tallying);
    await projections.ready;
    await eventually(() => expect(projections.status('tallies')?.checkpoint).toBe(position));
    const build = { view: 'tallies', version: 1, build: 1 };
    must(await readModels.write(build, [], { from: position, to: Number.MAX_SAFE_INTEGER })());
    await eventually(() =>
      expect(projections.status('tallies')).toMatchObject({ phase: 'running', build: { build: 2 } }),
    );
    await projections.stop();
  });

  it('is built anew from a hand-over that died in the middle', async () => {
    const { must, readModels, score, served, start, clock, ports } = game();
    await score('ana', 3);
    const build = { view: 'tallies', version: 1, build: 1 };
    must(await readModels.write(build, [], { from: -1, to: Number.MAX_SAFE_INTEGER })());
    must(await readModels.flip(build)());
    hurrying({ clock, ports });
    const projections = start(tallying);
    await eventually(async () => expect(await served('ana')).toEqual({ points: 3, goals: 1 }));
    await projections.stop();
  });
});
