import { setImmediate as turn } from 'node:timers/promises';
import { either as E, taskEither as TE } from 'fp-ts';
import { parkedStreams } from '../../../../src/application/kernel/process/parking/parked-streams.js';
import { type Forget } from '../../../../src/application/kernel/projection/forget.js';
import { liveReader } from '../../../../src/application/kernel/projection/live-reader.js';
import { projectionStatus } from '../../../../src/application/kernel/projection/projection-status.js';
import { rebuildProjection } from '../../../../src/application/kernel/projection/rebuild-projection.js';
import { verifyProjection } from '../../../../src/application/kernel/projection/verify-projection.js';
import { type ReadModels } from '../../../../src/application/ports/read-models.js';
import { eventually } from '../../../support/eventually.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { game, tallies, tallying } from './tally.js';

/** Goals without a pause until stopped; answers how many there were. */
const playing = (score: (player: string, points: number) => Promise<number>) => {
  let on = true;
  let goals = 0;
  const done = (async () => {
    while (on) {
      await score(`player-${goals % 50}`, 1);
      goals++;
      await turn();
    }
    return goals;
  })();
  return {
    end: (): Promise<number> => {
      on = false;
      return done;
    },
    goals: () => goals,
  };
};

describe('Rebuilding a projection', () => {
  it('ends equal to what was there, while events go on', async () => {
    const { ports, must, score, start, readModels, events } = game();
    const projections = start();
    await projections.ready;
    const play = playing(score);
    const progress: number[] = [];
    for (let round = 0; round < 3; round++) {
      const rebuilt = must(
        await rebuildProjection(ports)(tallying, { verify: true, onProgress: (p) => progress.push(p.events) })(),
      );
      expect(rebuilt.comparison?.differences).toEqual([]);
      expect(rebuilt.replaced?.build).toBe(rebuilt.build.build - 1);
    }
    const goals = await play.end();
    await eventually(async () => {
      const page = must(await liveReader(readModels).query(tallies, { index: 'all', key: 'all', limit: 100 })());
      expect(page.items.reduce((sum, item) => sum + item.goals, 0)).toBe(goals);
    });
    expect(progress.length).toBeGreaterThan(0);
    const verified = must(await verifyProjection({ feed: events, readModels })(tallying)());
    expect(verified).toMatchObject({ verdict: 'PASS', differing: 0, build: 4 });
    expect(must(await readModels.builds('tallies')()).all).toHaveLength(1);
    await projections.stop();
  });

  it('never shows a reader less than before', async () => {
    const { ports, must, score, start, readModels } = game();
    await score('ana', 1);
    const projections = start();
    await projections.ready;
    let on = true;
    const reading = (async () => {
      let seen = 0;
      for (; on; await turn()) {
        const ana = must(await liveReader(readModels).get(tallies, 'ana')());
        const goals = ana._tag === 'Some' ? ana.value.goals : 0;
        if (goals < seen) throw new Error(`Saw ${goals} after ${seen}`);
        seen = goals;
      }
      return seen;
    })();
    for (let round = 0; round < 10; round++) {
      const scoring = score('ana', 1).then(() => score('ana', 1));
      must(await rebuildProjection(ports)(tallying)());
      await scoring;
    }
    await score('ana', 1);
    await eventually(() => expect(projections.status('tallies')?.build?.build).toBe(11));
    on = false;
    expect(await reading).toBeGreaterThan(0);
    await projections.stop();
  });

  it('of a view without any event leaves it to whatever comes next', async () => {
    const { ports, must, score, served, start } = game();
    const projections = start();
    await projections.ready;
    must(await rebuildProjection(ports)(tallying)());
    await score('ana', 1);
    await eventually(async () => expect(await served('ana')).toEqual({ points: 1, goals: 1 }));
    await projections.stop();
  });

  it('records what it parks, also what came when readers were switched over', async () => {
    const { ports, must, score, events, readModels } = game();
    await score('ana', 1);
    const parked = parkedStreams({
      eventStore: events,
      snapshots: noSnapshots,
      logger: ports.log,
      ids: { next: () => 'id' },
      alerts: { raise: () => TE.right(undefined) },
      clock: ports.clock,
      faultOf: ({ event }) => (event.type === 'Scored' ? null : 'its type is not known'),
    });
    const ofTomorrow = { id: 'penalty', event: { type: 'Penalty' }, metadata: { correlationId: 'c' } };
    const playingOn: ReadModels = {
      ...readModels,
      flip: (build) => async () => {
        must(await events.append('game-2', -1, [ofTomorrow])());
        return readModels.flip(build)();
      },
    };
    const rebuilding = { ...ports, parkedStreams: parked, readModels: playingOn };
    must(await rebuildProjection(rebuilding)(tallying)());
    expect((await parked.open('view-tallies')).all()).toMatchObject([{ streamId: 'game-2', revision: 0 }]);
  });

  it('is done by one at a time', async () => {
    const { ports, score, readModels } = game();
    await score('ana', 1);
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    readModels.beforeWrite = () => gate;
    const first = rebuildProjection(ports)(tallying)();
    expect(await rebuildProjection(ports)(tallying)()).toMatchObject({ left: 'RebuildRunning' });
    go();
    expect(await first).toMatchObject({ _tag: 'Right' });
  });

  it('is begun anew where a process that missed the loss of all builds has written to one of the same number', async () => {
    const { ports, must, score, readModels } = game();
    const from = await score('ana', 1);
    const forget: Forget = (_, build) => async () => {
      // It passes over what it cannot read.
      must(await readModels.write(build, [], { from, to: await score('ben', 1) })());
      return E.right(undefined);
    };
    expect(await rebuildProjection({ ...ports, forget })(tallying)()).toMatchObject({ left: 'CheckpointMoved' });
    expect(must(await readModels.builds('tallies')()).all).toEqual([]);
  });

  it('given up leaves nothing behind', async () => {
    const { ports, must, score, readModels } = game();
    await score('ana', 1);
    const giveUp = new AbortController();
    readModels.beforeWrite = () => giveUp.abort();
    await score('ben', ...Array.from({ length: 5_000 }, () => 1));
    expect(await rebuildProjection(ports)(tallying, { signal: giveUp.signal })()).toMatchObject({ left: 'Aborted' });
    expect(must(await readModels.builds('tallies')()).all).toEqual([]);
  });
});

describe('Verifying a projection', () => {
  it('passes on what is served while events go on', async () => {
    const { must, score, start, readModels, events } = game();
    const projections = start();
    await projections.ready;
    const play = playing(score);
    await eventually(() => play.goals() > 100);
    for (let round = 0; round < 5; round++)
      expect(must(await verifyProjection({ feed: events, readModels })(tallying)())).toMatchObject({ verdict: 'PASS' });
    await play.end();
    expect(must(await readModels.builds('tallies~scratch')()).all).toEqual([]);
    await projections.stop();
  });

  it('fails on a document that was tampered with, one that is missing and one too many', async () => {
    const { must, score, start, readModels, events } = game();
    await score('ana', 1);
    await score('ben', 1);
    await score('cho', 1);
    const projections = start();
    await projections.ready;
    await projections.stop();
    const { live } = must(await readModels.builds('tallies')());
    if (live._tag === 'None') throw new Error('Not built');
    const at = must(await readModels.checkpoint(live.value)());
    const wrong = { points: 9, goals: 1 };
    must(
      await readModels.write(
        live.value,
        [
          { id: 'ana', document: wrong, entries: [] },
          { id: 'ben', document: null, entries: [] },
          { id: 'dan', document: wrong, entries: [] },
        ],
        { from: at, to: at },
      )(),
    );
    const verified = must(await verifyProjection({ feed: events, readModels })(tallying)());
    expect(verified).toMatchObject({ verdict: 'FAIL', differing: 3 });
    expect(verified.differences.map(({ id }) => id).sort()).toEqual(['ana', 'ben', 'dan']);
  });
});

describe('The status of a projection', () => {
  it('counts what is not shown yet, and how long it has waited', async () => {
    const { must, score, start, readModels, events, clock } = game();
    const status = projectionStatus({ feed: events, readModels, clock, running: null })(tallying);
    await score('ana', 1, 1, 1);
    expect(must(await status())).toMatchObject({ state: 'NOT_BUILT', lag: { events: 3, exact: true } });
    const projections = start();
    await projections.ready;
    await eventually(async () => expect(must(await status())).toMatchObject({ state: 'LIVE', lag: { events: 0 } }));
    await projections.stop();
    await score('ana', 1);
    await eventually(async () => expect(must(await status())).toMatchObject({ state: 'BEHIND', lag: { events: 1 } }));
  });

  it('of an older version lags no more than the newer one that is served: in an upgrade nobody is woken', async () => {
    const { must, score, start, readModels, events, clock } = game();
    await score('ana', 1, 1, 1);
    const projections = start({ ...tallying, version: tallying.version + 1 });
    await projections.ready;
    const status = projectionStatus({ feed: events, readModels, clock, running: null })(tallying);
    await eventually(async () =>
      expect(must(await status())).toMatchObject({ state: 'NOT_BUILT', live: null, lag: { events: 0, ageMs: 0 } }),
    );
    await projections.stop();
  });
});
