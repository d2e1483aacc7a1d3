import { either as E, taskEither as TE } from 'fp-ts';
import { type Deadline } from '../../../src/application/kernel/process/deadlines/deadline.js';
import { cancelEvent, closeEvent, rescheduleEvent } from '../../../src/application/shop-event/change-event.js';
import { openDueEvents } from '../../../src/application/shop-event/open-due-events.js';
import { type OpenEvent } from '../../../src/application/shop-event/open-event.js';
import { openingDeadlines, openWhenDue } from '../../../src/application/shop-event/opening-deadline.js';
import { eventStream } from '../../../src/application/shop-event/sale-aggregate.js';
import { type SaleEvent } from '../../../src/domain/shop-event/events.js';
import { eventually } from '../../support/eventually.js';
import { recorded } from '../../support/in-memory/recorded.js';
import { eventSetting, right } from './setting.js';

const typesOf = async ({ store }: ReturnType<typeof eventSetting>, eventId: string) =>
  (await right(store.readStream(eventStream(eventId), 0, 100))).map(({ event }) => event.type);

describe('opening an event', () => {
  it('happens once, however many schedulers open it at the same time', async () => {
    const setting = eventSetting();
    await setting.schedule('gala', 1_000);
    setting.clock.move(1_000);
    const answers = await Promise.all(Array.from({ length: 10 }, () => right(setting.open('gala'))));
    expect(answers.filter((answer) => answer === 'Opened')).toHaveLength(1);
    expect(await typesOf(setting, 'gala')).toStrictEqual(['EventScheduled', 'EventOpened']);
  });

  it('is refused by a scheduler whose clock is behind, and never comes before its time', async () => {
    const setting = eventSetting();
    await setting.schedule('gala', 1_000);
    setting.clock.move(999);
    expect(await right(setting.open('gala'))).toBe('TooEarly');
    setting.clock.move(1);
    expect(await right(setting.open('gala'))).toBe('Opened');
    expect(setting.metrics.values.get('event_opening_lateness_seconds')).toBe(0);
  });

  it('is not brought forward by a clock that is ahead, whichever of the two it is', async () => {
    const setting = eventSetting();
    await setting.schedule('gala', 1_000);
    setting.second.aheadMs = 3_600_000;
    expect(await right(setting.open('gala'))).toBe('TooEarly');
    setting.second.aheadMs = -1;
    setting.clock.move(1_000);
    expect(await right(setting.open('gala'))).toBe('TooEarly');
    setting.second.aheadMs = 0;
    expect(await right(setting.open('gala'))).toBe('Opened');
  });

  it('waits while there is no second clock to ask', async () => {
    const setting = eventSetting();
    await setting.schedule('gala', 0);
    setting.second.isAway = true;
    expect(await setting.open('gala')()).toStrictEqual(E.left('OpeningFailed'));
    expect(await typesOf(setting, 'gala')).toStrictEqual(['EventScheduled']);
  });

  it('is reminded of from scheduling on, when it was moved too, and not once it was called off', async () => {
    const setting = eventSetting();
    const now = setting.clock.now();
    await setting.schedule('gala', 1_000);
    expect([...setting.reminded]).toStrictEqual([['opening-gala', now + 1_000]]);
    await right(rescheduleEvent(setting.ports)({ eventId: 'gala', opensAt: now + 5, correlationId: 'test' }));
    expect([...setting.reminded]).toStrictEqual([['opening-gala', now + 5]]);
    await right(cancelEvent(setting.ports)({ eventId: 'gala', correlationId: 'test' }));
    expect(setting.reminded.size).toBe(0);
  });

  it('opens nothing that was called off, closed or moved', async () => {
    const setting = eventSetting();
    await setting.schedule('off', 1_000);
    await setting.schedule('moved', 1_000);
    await right(cancelEvent(setting.ports)({ eventId: 'off', correlationId: 'test' }));
    const opensAt = setting.clock.now() + 9_000;
    await right(rescheduleEvent(setting.ports)({ eventId: 'moved', opensAt, correlationId: 'test' }));
    setting.clock.move(1_000);
    expect(await right(setting.open('off'))).toBe('NothingToOpen');
    expect(await right(setting.open('moved'))).toBe('TooEarly');
    expect(await right(setting.open('never-scheduled'))).toBe('NothingToOpen');
  });

  it('answers operators with the event as it is then', async () => {
    const setting = eventSetting();
    await setting.schedule('gala', 1_000);
    setting.clock.move(1_500);
    await right(setting.open('gala'));
    const closed = await right(closeEvent(setting.ports)({ eventId: 'gala', correlationId: 'test' }));
    expect(closed).toMatchObject({ status: 'CLOSED', openedAt: closed.opensAt + 500 });
    expect(
      await rescheduleEvent(setting.ports)({ eventId: 'gala', opensAt: 0, correlationId: 'test' })(),
    ).toStrictEqual(E.left({ code: 'INVALID_EVENT_STATE' }));
    setting.store.unavailable = true;
    expect(await closeEvent(setting.ports)({ eventId: 'gala', correlationId: 'test' })()).toStrictEqual(
      E.left({ code: 'UNAVAILABLE' }),
    );
  });
});

describe('the sweep each minute', () => {
  it('opens what was lost, and leaves alone what is still to come', async () => {
    const setting = eventSetting();
    const projections = setting.project();
    await setting.schedule('lost', 1_000);
    await setting.schedule('later', 999_000);
    const sweep = openDueEvents({ ...setting.ports, openEvent: setting.open });
    expect(await eventually(() => right(sweep))).toBe(0);
    setting.clock.move(60_000);
    await eventually(async () => expect(await right(sweep)).toBe(1));
    expect(await typesOf(setting, 'later')).toStrictEqual(['EventScheduled']);
    await projections.stop();
  });

  it.each<[string, OpenEvent]>([
    ['cannot be opened now', () => TE.left('OpeningFailed')],
    ['cannot be read', () => () => Promise.reject(new Error('an event of a newer version'))],
  ])('opens the others where one %s, and says that not all are open', async (_, cannot) => {
    const setting = eventSetting();
    const projections = setting.project();
    await setting.schedule('broken', 1_000);
    await setting.schedule('gala', 2_000);
    setting.clock.move(60_000);
    const openEvent: OpenEvent = (eventId) => (eventId === 'broken' ? cannot : setting.open)(eventId);
    const sweep = openDueEvents({ ...setting.ports, openEvent });
    await eventually(async () => expect(await sweep()).toStrictEqual(E.left('OpeningFailed')));
    await eventually(async () => {
      await sweep();
      expect(await typesOf(setting, 'gala')).toStrictEqual(['EventScheduled', 'EventOpened']);
    });
    await projections.stop();
  });
});

describe('the deadline of an opening', () => {
  const after = (...events: ReadonlyArray<SaleEvent>) =>
    events.reduce<Deadline | null>((deadline, event, position) => {
      const each = recorded(event, position, 'event-gala');
      return openingDeadlines.ids(each).reduce((known, id) => openingDeadlines.fold(known, each, id), deadline);
    }, null);
  const at = { eventId: 'gala', at: 1 };
  const scheduled = { type: 'EventScheduled', name: 'Gala', opensAt: 5_000, scheduleId: null, ...at } as const;
  const moved = { type: 'EventRescheduled', opensAt: 9_000, ...at } as const;
  const opened = { type: 'EventOpened', name: 'Gala', opensAt: 9_000, ...at } as const;

  it('stands from scheduling to opening, and moves with the event', () => {
    expect(after(scheduled)).toMatchObject({ dueAt: 5_000, ref: { eventId: 'gala' } });
    expect(after(scheduled, moved)).toMatchObject({ dueAt: 9_000 });
    expect(after(scheduled, moved, opened)).toBeNull();
    expect(after(scheduled, { type: 'EventCancelled', ...at })).toBeNull();
  });

  it('is tried again a moment later when it came too early, and with patience when the store is away', async () => {
    const setting = eventSetting();
    await setting.schedule('gala', 1_000);
    const due = {
      id: 'event-opening/gala',
      kind: 'event-opening',
      ref: { eventId: 'gala' },
      dueAt: setting.clock.now() + 3,
    };
    const handle = openWhenDue({ ...setting.ports, openEvent: setting.open });
    expect(await handle(due, setting.clock.now())()).toMatchObject(E.left({ notBefore: setting.clock.now() + 10 }));
    setting.store.unavailable = true;
    expect(await handle(due, setting.clock.now())()).toStrictEqual(E.left({ reason: 'OpeningFailed' }));
    setting.store.unavailable = false;
    setting.clock.move(1_000);
    expect(await handle(due, setting.clock.now())()).toStrictEqual(E.right(undefined));
  });
});
