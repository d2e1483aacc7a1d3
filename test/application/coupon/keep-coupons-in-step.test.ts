import { taskEither as TE } from 'fp-ts';
import { keepCouponsInStep } from '../../../src/application/coupon/keep-coupons-in-step.js';
import { COUPON_ISSUE_REQUESTS } from '../../../src/application/kernel/messaging/topics.js';
import { type EventFeed } from '../../../src/application/ports/event-feed.js';
import { type MessageLog } from '../../../src/application/ports/message-log.js';
import { cancelEvent, closeEvent } from '../../../src/application/shop-event/change-event.js';
import { eventually } from '../../support/eventually.js';
import { running } from '../../support/running.js';
import { eventSetting, right } from '../shop-event/setting.js';

const inStepCheckpoint = { view: 'coupons-in-step', version: 1, build: 1 };

describe('keeping coupons in step with their event', () => {
  let setting: ReturnType<typeof eventSetting>;
  let projections: ReturnType<typeof setting.project>;
  beforeEach(() => {
    setting = eventSetting();
    projections = setting.project();
  });
  afterEach(() => projections.stop());

  const keep = (overtaken = (): void => undefined) =>
    running(setting.waiting, keepCouponsInStep(setting.waiting), overtaken);
  /** With a log whose partition of one coupon takes nothing, until it is mended. */
  const keepWithout = async (couponId: string) => {
    let isMended = false;
    const publish: MessageLog['publish'] = (topic, message) =>
      message.key === couponId && !isMended ? TE.left('PublishFailed') : setting.log.publish(topic, message);
    const ports = { ...setting.waiting, log: { publish }, backOffMs: 1 };
    const { stop } = await running(setting.waiting, keepCouponsInStep(ports));
    return { mend: () => (isMended = true), stop };
  };
  /** `type coupon`, without repetitions, as the writer would carry them out. */
  const told = () =>
    [
      ...new Set(
        setting.log
          .messages(COUPON_ISSUE_REQUESTS)
          .map(({ key, headers }) => `${headers['event-type'] ?? ''} ${key} ${headers['request-id'] ?? ''}`),
      ),
    ]
      .map((line) => line.split(' ').slice(0, 2).join(' '))
      .sort();

  it('has the orders of an event called off when it is cancelled, and not when it is closed', async () => {
    await setting.schedule('gala', 0);
    await setting.schedule('ball', 0);
    const keeping = await keep();
    await right(setting.open('gala'));
    await right(setting.open('ball'));
    await right(closeEvent(setting.ports)({ eventId: 'gala', correlationId: 'test' }));
    await right(cancelEvent(setting.ports)({ eventId: 'ball', correlationId: 'test' }));
    await eventually(() => expect(new Set(setting.calledOff)).toStrictEqual(new Set(['ball'])));
    await keeping.stop();
  });

  it('tells every coupon of the event when it opens and when it is over, and no other', async () => {
    await setting.schedule('gala', 0);
    await setting.coupon('c1', 'gala');
    await setting.coupon('c2', 'gala');
    await setting.coupon('other', null);
    const keeping = await keep();
    await right(setting.open('gala'));
    await eventually(() => expect(told()).toStrictEqual(['COUPON_SALE_OPENED c1', 'COUPON_SALE_OPENED c2']));
    await right(closeEvent(setting.ports)({ eventId: 'gala', correlationId: 'test' }));
    await eventually(() =>
      expect(told().slice(0, 2)).toStrictEqual(['COUPON_SALE_CLOSED c1', 'COUPON_SALE_CLOSED c2']),
    );
    await keeping.stop();
  });

  it('tells coupons of an opening though nothing else happens, with a server that tells only of what was asked for', async () => {
    await projections.stop();
    const { store } = setting;
    const terse: EventFeed['subscribe'] = (after, handle, options) =>
      store.subscribe(
        after,
        async ({ events, caughtUp }) => {
          const last = events.at(-1);
          if (last !== undefined) await handle({ events, position: last.position, caughtUp });
        },
        options,
      );
    projections = setting.project({
      subscribe: terse,
      read: store.read,
      at: store.at,
      head: store.head,
      end: store.end,
    });
    await projections.ready;
    await setting.schedule('gala', 0);
    await setting.coupon('c1', 'gala');
    const keeping = await keep();
    await right(setting.open('gala'));
    await eventually(() => expect(told()).toStrictEqual(['COUPON_SALE_OPENED c1']));
    await keeping.stop();
  });

  it('tells a coupon that is created late what its event has come to', async () => {
    const keeping = await keep();
    await setting.schedule('gala', 0);
    await setting.schedule('off', 0);
    await right(setting.open('gala'));
    await right(cancelEvent(setting.ports)({ eventId: 'off', correlationId: 'test' }));
    await setting.coupon('late', 'gala');
    await setting.coupon('in-vain', 'off');
    await setting.coupon('early', 'not-yet-scheduled');
    await eventually(() => expect(told()).toStrictEqual(['COUPON_SALE_CLOSED in-vain', 'COUPON_SALE_OPENED late']));
    await keeping.stop();
  });

  it('goes on where it stopped, and tells again only what nobody will notice', async () => {
    await setting.schedule('gala', 0);
    await setting.coupon('c1', 'gala');
    const first = await keep();
    await right(setting.open('gala'));
    await eventually(async () =>
      expect(await right(setting.readModels.checkpoint(inStepCheckpoint))).toBeGreaterThan(0),
    );
    await first.stop();
    const before = setting.log.messages(COUPON_ISSUE_REQUESTS).length;
    const second = await keep();
    await setting.coupon('c2', 'gala');
    await eventually(() => expect(told()).toStrictEqual(['COUPON_SALE_OPENED c1', 'COUPON_SALE_OPENED c2']));
    expect(setting.log.messages(COUPON_ISSUE_REQUESTS)).toHaveLength(before + 1);
    await second.stop();
  });

  it('waits while the log refuses, and tells then', async () => {
    await setting.schedule('gala', 0);
    await setting.coupon('c1', 'gala');
    const keeping = await keep();
    setting.log.failNextPublish = 'PublishFailed';
    await right(setting.open('gala'));
    await eventually(() => expect(told()).toStrictEqual(['COUPON_SALE_OPENED c1']));
    await keeping.stop();
  });

  it('has a coupon that cannot be told hold up no other event, and tells it when it can', async () => {
    for (const eventId of ['gala', 'ball', 'fair']) await setting.schedule(eventId, 0);
    await setting.coupon('dead', 'gala');
    await setting.coupon('c1', 'gala');
    await setting.coupon('c2', 'ball');
    const keeping = await keepWithout('dead');
    await right(setting.open('gala'));
    await right(setting.open('ball'));
    await right(cancelEvent(setting.ports)({ eventId: 'fair', correlationId: 'test' }));
    await eventually(() => expect(told()).toStrictEqual(['COUPON_SALE_OPENED c1', 'COUPON_SALE_OPENED c2']), 10_000);
    await eventually(() => expect(setting.calledOff).toStrictEqual(['fair']), 10_000);
    keeping.mend();
    await eventually(() => expect(told()).toContain('COUPON_SALE_OPENED dead'));
    await keeping.stop();
  });

  it('has the orders of an event called off though one of its coupons cannot be told', async () => {
    await setting.schedule('gala', 0);
    await setting.coupon('dead', 'gala');
    await setting.coupon('c1', 'gala');
    const keeping = await keepWithout('dead');
    await right(setting.open('gala'));
    await eventually(() => expect(told()).toStrictEqual(['COUPON_SALE_OPENED c1']), 10_000);
    await right(cancelEvent(setting.ports)({ eventId: 'gala', correlationId: 'test' }));
    await eventually(() => expect(setting.calledOff).toContain('gala'), 10_000);
    await eventually(() => expect(told()).toContain('COUPON_SALE_CLOSED c1'));
    keeping.mend();
    await eventually(() => expect(told()).toContain('COUPON_SALE_CLOSED dead'));
    await keeping.stop();
  });

  it('leaves the field to another one that has gone on from here', async () => {
    await setting.schedule('gala', 0);
    await setting.coupon('c1', 'gala');
    let overtaken = 0;
    const keeping = await keep(() => (overtaken += 1));
    await right(setting.readModels.write(inStepCheckpoint, [], { from: -1, to: 1 }));
    await right(setting.open('gala'));
    await eventually(() => overtaken === 1);
    await keeping.stop();
  });
});
