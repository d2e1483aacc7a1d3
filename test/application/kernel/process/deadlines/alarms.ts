import { either as E, taskEither as TE } from 'fp-ts';
import {
  type DeadlineHandler,
  type DeadlineHandlers,
  type DeadlineRule,
  deadlinesView,
} from '../../../../../src/application/kernel/process/deadlines/deadline.js';
import { type InBulk } from '../../../../../src/application/kernel/process/deadlines/in-bulk.js';
import { runDeadlines } from '../../../../../src/application/kernel/process/deadlines/run-deadlines.js';
import { type Task } from '../../../../../src/application/kernel/process/while-leading.js';
import { type EventBody } from '../../../../../src/application/ports/event-store.js';
import { projectionOf } from '../../../../../src/application/kernel/projection/projection.js';
import {
  type Projections,
  startProjections,
} from '../../../../../src/application/kernel/projection/start-projections.js';
import { InMemoryEventStore } from '../../../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../../../support/in-memory/leases.js';
import { recordingLog, recordingMetrics, wallClock } from '../../../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../../../support/in-memory/read-models.js';
import { type MovedClock, movedClock } from '../../../../support/moved-clock.js';

interface AlarmSet extends EventBody {
  readonly type: 'AlarmSet';
  readonly name: string;
  readonly at: number;
}
interface AlarmRang extends EventBody {
  readonly type: 'AlarmRang';
  readonly name: string;
}
type AlarmEvent = AlarmSet | AlarmRang;
const isAlarmEvent = (event: EventBody): event is AlarmEvent => event.type === 'AlarmSet' || event.type === 'AlarmRang';

const rule: DeadlineRule = {
  version: 1,
  streamPrefixes: ['alarms'],
  ids: ({ event }) => (isAlarmEvent(event) ? [`alarm/${event.name}`] : []),
  fold: (known, { event }, id) => {
    if (!isAlarmEvent(event)) return known;
    return event.type === 'AlarmRang' ? null : { id, kind: 'alarm', ref: { name: event.name }, dueAt: event.at };
  },
};

/** Alarm clocks whose events set and end deadlines, with a clock that tests move. */
export const alarms = () => {
  const events = new InMemoryEventStore();
  const readModels = new InMemoryReadModels();
  const clock: MovedClock = movedClock();
  const log = recordingLog();
  const view = deadlinesView([rule]);
  const rang: Array<{ readonly name: string; readonly at: number }> = [];
  let revision = -1;
  let projections: Projections | undefined;
  const running: Task[] = [];
  let failing: (name: string) => boolean = () => false;

  const appendNext = async (alarm: ReadonlyArray<AlarmEvent>): Promise<void> => {
    const metadata = { correlationId: 'c' };
    const identified = alarm.map((event, n) => ({ id: `${revision + 1 + n}`, event, metadata }));
    const done = await events.append('alarms', revision, identified)();
    if (E.isLeft(done)) throw new Error(done.left);
    revision = done.right.revision;
  };
  /** One after another, as the revisions ask for. */
  let last: Promise<void> = Promise.resolve();
  const append = (...alarm: ReadonlyArray<AlarmEvent>): Promise<void> => (last = last.then(() => appendNext(alarm)));
  const ring: DeadlineHandler = ({ ref }, now) => {
    const name = ref['name'] ?? '';
    if (failing(name)) return TE.left({ reason: 'out of order' });
    return async () => {
      rang.push({ name, at: now });
      await append({ type: 'AlarmRang', name });
      return E.right(undefined);
    };
  };
  const ports = { feed: events, readModels, clock, log, metrics: recordingMetrics() };
  return {
    clock,
    log,
    rang,
    readModels,
    names: () => rang.map(({ name }) => name),
    failWhen: (when: typeof failing) => (failing = when),
    set: (name: string, at: number) => append({ type: 'AlarmSet', name, at }),
    setAll: (set: ReadonlyArray<Omit<AlarmSet, 'type'>>) =>
      append(...set.map(({ name, at }): AlarmSet => ({ type: 'AlarmSet', name, at }))),
    project: async () => {
      projections = startProjections({ ...ports, clock: wallClock, leases: inMemoryLeases() })([projectionOf(view)]);
      await projections.ready;
    },
    stopProjecting: async () => projections?.stop(),
    run: async (handler: DeadlineHandler = ring, inBulk?: InBulk, others: DeadlineHandlers = {}) => {
      const inAdvance = inBulk === undefined ? {} : { inBulk: { alarm: inBulk } };
      const task = await runDeadlines({ ...ports, ...inAdvance }, view, { alarm: handler, ...others })();
      running.push(task);
      return task;
    },
    ring,
    /** Deadlines that stand. */
    standing: async () => {
      const builds = await readModels.builds('deadlines')();
      if (E.isLeft(builds) || builds.right.live._tag === 'None') return -1;
      const page = await readModels.scan(builds.right.live.value, null, 20_000)();
      return E.isRight(page) ? page.right.items.length : -1;
    },
    stop: async () => {
      for (const task of running) await task.stop();
      await projections?.stop();
    },
  };
};
