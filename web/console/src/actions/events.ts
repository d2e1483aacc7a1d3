import { type Board, type EventOnBoard } from '../../../../src/application/operating/board/board.js';
import { answerOf } from '../../../../packages/client/src/index.js';
import { api } from '../api/client.js';
import { linkTo } from '../route.js';
import { countdown, dateTime, shown } from '../text/format.js';
import { t } from '../text/index.js';
import { type Action, type Effect } from './action.js';
import { asInput, moment, text } from './values.js';

const at = (eventId: string) => ({ params: { path: { eventId } } });

/** What sells only while the event is open. */
const tied = (eventId: string, { coupons, products }: Board): ReadonlyArray<Effect> => {
  const ofCoupons = Object.values(coupons).filter((coupon) => coupon.eventId === eventId);
  const ofProducts = Object.values(products).filter((product) => product.eventId === eventId);
  const left = ofCoupons.reduce((sum, { remaining }) => sum + remaining, 0);
  const units = ofProducts.reduce((sum, { available }) => sum + available, 0);
  return [
    { what: t('effect.coupons', { n: shown(ofCoupons.length) }), after: t('effect.leftToGive', { n: shown(left) }) },
    { what: t('effect.products', { n: shown(ofProducts.length) }), after: t('effect.leftToSell', { n: shown(units) }) },
  ];
};

export const createEvent = ({ schedules, at: now }: Board): Action => ({
  title: 'do.createEvent',
  verb: 'do.create',
  fields: [
    { name: 'name', label: 'field.name', kind: 'text', required: true },
    { name: 'eventId', label: 'field.id', kind: 'id', hint: 'field.id.hint' },
    { name: 'opensAt', label: 'field.opensAt', kind: 'moment', required: true },
    {
      name: 'scheduleId',
      label: 'field.room',
      kind: 'choice',
      choices: [['', t('field.none')], ...Object.keys(schedules).map((id) => [id, id] as const)],
    },
  ],
  effects: (values) => {
    const opensAt = moment(values, 'opensAt');
    return opensAt === undefined ? [] : [{ what: t('tonight.opensIn'), after: countdown(opensAt, now) }];
  },
  request: (values, reason, once) => {
    const body = {
      eventId: text(values, 'eventId'),
      name: text(values, 'name') ?? '',
      opensAt: moment(values, 'opensAt') ?? '',
      scheduleId: text(values, 'scheduleId'),
      reason,
    };
    return answerOf(api.POST('/api/events', { body, ...once }));
  },
  then: () => linkTo('shop', 'events'),
});

export const moveOpening = (eventId: string, event: EventOnBoard, board: Board): Action => ({
  title: 'do.moveOpening',
  subject: event.name,
  verb: 'do.move',
  fields: [{ name: 'opensAt', label: 'field.opensAt', kind: 'moment', required: true, value: asInput(event.opensAt) }],
  effects: (values) => {
    const opensAt = moment(values, 'opensAt');
    if (opensAt === undefined) return [];
    return [
      { what: t('effect.opens'), before: dateTime(event.opensAt), after: dateTime(opensAt) },
      opensAt <= board.at
        ? { what: t('tonight.opensIn'), after: t('effect.atOnce'), tone: 'warn' }
        : { what: t('tonight.opensIn'), after: countdown(opensAt, board.at) },
      ...tied(eventId, board),
    ];
  },
  request: (values, reason) => {
    const body = { opensAt: moment(values, 'opensAt') ?? '', reason };
    return answerOf(api.PATCH('/api/events/{eventId}', { ...at(eventId), body }));
  },
});

const ending = (verb: 'close' | 'cancel', eventId: string, event: EventOnBoard, board: Board): Action => ({
  title: verb === 'close' ? 'do.closeEvent' : 'do.cancelEvent',
  subject: event.name,
  verb: verb === 'close' ? 'do.close' : 'do.callOff',
  isGrave: true,
  fields: [],
  effects: () => [...tied(eventId, board), { what: t('effect.forGood'), after: t('effect.noWayBack'), tone: 'bad' }],
  request: (_, reason, once) =>
    answerOf(api.POST(`/api/events/{eventId}/${verb}`, { ...at(eventId), body: { reason }, ...once })),
});

export const closeEvent = (eventId: string, event: EventOnBoard, board: Board): Action =>
  ending('close', eventId, event, board);

export const cancelEvent = (eventId: string, event: EventOnBoard, board: Board): Action =>
  ending('cancel', eventId, event, board);
