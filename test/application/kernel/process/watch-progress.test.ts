import { taskEither as TE } from 'fp-ts';
import { watchProgress } from '../../../../src/application/kernel/process/watch-progress.js';
import { type Failing } from '../../../../src/application/kernel/process/while-leading.js';
import { NO_STREAM } from '../../../../src/application/ports/event-store.js';
import { type Alert } from '../../../../src/application/ports/alerts.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { recordingLog, recordingMetrics } from '../../../support/in-memory/quiet.js';
import { movedClock } from '../../../support/moved-clock.js';

const setting = () => {
  const clock = movedClock();
  const store = new InMemoryEventStore(clock.now);
  const log = recordingLog();
  const metrics = recordingMetrics();
  const alerts: Alert[] = [];
  const progress = watchProgress({
    feed: store,
    alerts: { raise: (alert) => TE.fromIO(() => void alerts.push(alert)) },
    clock,
    log,
    metrics,
  });
  const task: { position: number | null; failing: Failing | null } = { position: -1, failing: null };
  progress.watch({
    name: 'order-saga',
    streamPrefixes: ['order-'],
    position: () => task.position,
    failing: () => task.failing,
  });
  let revision = NO_STREAM;
  const happens = async (streamId: string): Promise<void> => {
    revision += 1;
    const event = { id: `e${revision}`, event: { type: 'OrderPaid' }, metadata: { correlationId: 'test' } };
    await store.append(`${streamId}${revision}`, NO_STREAM, [event])();
  };
  const after = async (ms: number) => {
    clock.move(ms);
    await progress.look();
    return progress.standingStill().map(({ name }) => name);
  };
  return { task, happens, after, alerts, log, metrics, clock };
};

describe('whether a process advances', () => {
  test('one that has something to do and does not move is told: once, until it moves again', async () => {
    const { task, happens, after, alerts, log, metrics } = setting();
    await happens('order-');
    expect(await after(0)).toEqual([]);
    expect(await after(9_999)).toEqual([]);
    expect(await after(1)).toEqual(['order-saga']);
    expect(await after(60_000)).toEqual(['order-saga']);
    expect(alerts.map(({ title }) => title)).toEqual(['order-saga stands still']);
    expect(metrics.values.get('process_standing_still')).toBe(1);
    task.position = 0;
    expect(await after(1_000)).toEqual([]);
    expect(metrics.values.get('process_standing_still')).toBe(0);
    expect(log.lines).toEqual([
      'error the process makes no progress, although there is work to do',
      'info the process makes progress again',
    ]);
  });

  test('one that has nothing to do may stand as long as it likes', async () => {
    const { task, happens, after } = setting();
    await happens('coupon-');
    await after(0);
    expect(await after(3_600_000)).toEqual([]);
    // What comes after a long rest has just come.
    await happens('order-');
    expect(await after(2_000)).toEqual([]);
    task.position = 2;
    expect(await after(20_000)).toEqual([]);
  });

  test('one that moves, however slowly, goes on', async () => {
    const { task, happens, after } = setting();
    for (let nth = 0; nth < 5; nth += 1) await happens('order-');
    for (const position of [-1, 0, 1]) {
      task.position = position;
      expect(await after(9_000)).toEqual([]);
    }
  });

  test('one that cannot begin is told with its reason', async () => {
    const { task, after, alerts, clock } = setting();
    task.position = null;
    task.failing = { since: clock.now(), reason: 'ReadModelsUnavailable' };
    await after(0);
    expect(await after(9_000)).toEqual([]);
    expect(await after(1_000)).toEqual(['order-saga']);
    expect(alerts[0]?.text).toContain('ReadModelsUnavailable');
    task.failing = null;
    expect(await after(0)).toEqual([]);
  });

  test('how long it stands is not measured by the calendar, which may be set forward and back', async () => {
    const { task, happens, after, clock } = setting();
    await happens('order-');
    await after(0);
    clock.set(3_600_000);
    expect(await after(1_000)).toEqual([]);
    clock.set(-7_200_000);
    expect(await after(9_000)).toEqual(['order-saga']);

    task.position = null;
    task.failing = { since: clock.now(), reason: 'ReadModelsUnavailable' };
    expect(await after(0)).toEqual([]);
    clock.set(3_600_000);
    expect(await after(9_000)).toEqual([]);
    clock.set(-7_200_000);
    expect(await after(1_000)).toEqual(['order-saga']);
    task.failing = { since: clock.now(), reason: 'ReadModelsUnavailable' };
    expect(await after(1_000)).toEqual([]);
  });

  test('one that stands where no event can be is told at once, with what to do, though it seems to have nothing to do', async () => {
    const { task, happens, after, alerts, metrics } = setting();
    await happens('order-');
    task.position = Number(2n ** 64n - 1n);
    await after(0);
    expect(await after(1)).toEqual(['order-saga']);
    expect(alerts[0]?.text).toMatch(/18446744073709552000 is ahead of the last event, 0.*Stop every process/);
    expect(metrics.values.get('process_standing_still')).toBe(1);
  });

  test('one that was faster than the look at the end is not', async () => {
    const { task, happens, after } = setting();
    await happens('order-');
    for (const position of [1, 2, 3]) {
      task.position = position;
      expect(await after(1)).toEqual([]);
    }
  });

  test('one that runs in another process is not watched here', async () => {
    const { task, happens, after } = setting();
    task.position = null;
    await happens('order-');
    await after(0);
    expect(await after(60_000)).toEqual([]);
  });
});
