import { type Board, type CouponOnBoard } from '../../../../src/application/operating/board/board.js';
import { answerOf } from '../../../../packages/client/src/index.js';
import { api } from '../api/client.js';
import { linkTo } from '../route.js';
import { dateTime, shown } from '../text/format.js';
import { t } from '../text/index.js';
import { type Action, type Effect, type Field } from './action.js';
import { changedIn, emptied } from './changed.js';
import { challengeEffect, challengeField, challengeIn, eventField, opening } from './terms.js';
import { asInput, moment, oneOf, requiredWhole, text, whole } from './values.js';

const at = (couponId: string) => ({ params: { path: { couponId } } });
const DISCOUNTS = ['PERCENT', 'AMOUNT'] as const;

export const createCoupon = (board: Board): Action => ({
  title: 'do.createCoupon',
  verb: 'do.create',
  fields: [
    { name: 'name', label: 'field.name', kind: 'text', required: true },
    { name: 'couponId', label: 'field.id', kind: 'id', hint: 'field.id.hint' },
    { name: 'quantity', label: 'field.quantity', kind: 'whole', required: true, min: 1 },
    {
      name: 'kind',
      label: 'field.discount',
      kind: 'choice',
      choices: DISCOUNTS.map((each) => [each, t(each === 'PERCENT' ? 'field.percent' : 'field.amount')]),
    },
    { name: 'value', label: 'field.value', kind: 'whole', required: true, min: 1 },
    { name: 'opensAt', label: 'field.opensAt', kind: 'moment', hint: 'field.opensAt.hint' },
    { name: 'closesAt', label: 'field.closesAt', kind: 'moment' },
    eventField(board),
    { name: 'usableUntil', label: 'field.usableUntil', kind: 'moment', isMore: true },
    challengeField(),
  ],
  effects: (values) => {
    const quantity = whole(values, 'quantity');
    const percent = values['kind'] === 'PERCENT' && (whole(values, 'value') ?? 0) > 100;
    return [
      { what: t('effect.toGive'), before: '0', after: quantity === undefined ? '–' : shown(quantity) },
      opening(values, moment(values, 'opensAt'), board),
      ...(percent ? [{ what: t('field.value'), after: t('effect.overHundred'), tone: 'bad' as const }] : []),
    ];
  },
  request: (values, reason, once) => {
    const body = {
      couponId: text(values, 'couponId'),
      name: text(values, 'name') ?? '',
      quantity: requiredWhole(values, 'quantity'),
      discount: { kind: oneOf(values, 'kind', DISCOUNTS) ?? 'PERCENT', value: requiredWhole(values, 'value') },
      opensAt: moment(values, 'opensAt'),
      closesAt: moment(values, 'closesAt'),
      usableUntil: moment(values, 'usableUntil'),
      eventId: text(values, 'eventId'),
      challenge: challengeIn(values),
      reason,
    };
    return answerOf(api.POST('/api/coupons', { body, ...once }));
  },
  then: () => linkTo('shop', 'coupons'),
});

const turnedAway = (board: Board): Effect => ({
  what: t('effect.asking'),
  before: `${shown(board.rates.accepted ?? 0)}/s`,
  after: t('effect.turnedAway'),
  tone: 'warn',
});

export const pauseCoupon = (couponId: string, coupon: CouponOnBoard, board: Board): Action => ({
  title: 'do.pauseCoupon',
  subject: coupon.name,
  verb: 'do.pause',
  fields: [],
  effects: () => [
    { what: t('effect.stays'), after: `${shown(coupon.remaining)} / ${shown(coupon.quantity)}` },
    turnedAway(board),
  ],
  request: (_, reason, once) =>
    answerOf(api.POST('/api/coupons/{couponId}/pause', { ...at(couponId), body: { reason }, ...once })),
});

export const resumeCoupon = (couponId: string, coupon: CouponOnBoard): Action => ({
  title: 'do.resumeCoupon',
  subject: coupon.name,
  verb: 'do.resume',
  fields: [],
  effects: () => [{ what: t('effect.toGive'), after: shown(coupon.remaining) }],
  request: (_, reason, once) =>
    answerOf(api.POST('/api/coupons/{couponId}/resume', { ...at(couponId), body: { reason }, ...once })),
});

export const changeQuantity = (couponId: string, coupon: CouponOnBoard): Action => ({
  title: 'do.changeQuantity',
  subject: coupon.name,
  verb: 'do.change',
  fields: [
    {
      name: 'quantity',
      label: 'field.quantity',
      kind: 'whole',
      required: true,
      min: coupon.issued,
      value: String(coupon.quantity),
    },
  ],
  effects: (values) => {
    const quantity = whole(values, 'quantity');
    if (quantity === undefined) return [];
    return [
      { what: t('field.quantity'), before: shown(coupon.quantity), after: shown(quantity) },
      quantity < coupon.issued
        ? { what: t('effect.issued'), after: t('effect.belowIssued', { n: shown(coupon.issued) }), tone: 'bad' }
        : { what: t('effect.left'), before: shown(coupon.remaining), after: shown(quantity - coupon.issued) },
    ];
  },
  request: (values, reason, once) => {
    const body = { quantity: requiredWhole(values, 'quantity'), reason };
    return answerOf(api.POST('/api/coupons/{couponId}/quantity', { ...at(couponId), body, ...once }));
  },
});

const ENDS = ['closesAt', 'usableUntil'] as const;

export const changeCouponTerms = (couponId: string, coupon: CouponOnBoard): Action => {
  const told = (iso: string | undefined): string => (iso === undefined ? t('effect.never') : dateTime(iso));
  const fields: ReadonlyArray<Field> = [
    { name: 'name', label: 'field.name', kind: 'text', required: true, value: coupon.name },
    ...ENDS.map((name) => ({ name, label: `field.${name}`, kind: 'moment', value: asInput(coupon[name]) }) as const),
    challengeField(coupon.challenge),
  ];
  return {
    title: 'do.changeTerms',
    subject: coupon.name,
    verb: 'do.change',
    fields,
    effects: (values) => {
      const changed = changedIn(fields, values);
      return [
        ...ENDS.filter((name) => name in changed).map((name) => ({
          what: t(`field.${name}`),
          before: told(coupon[name]),
          after: told(moment(values, name)),
        })),
        challengeEffect(values, coupon.challenge),
      ];
    },
    request: (values, reason) => {
      const changed = changedIn(fields, values);
      const body = {
        name: text(changed, 'name'),
        closesAt: emptied(changed, 'closesAt', moment),
        usableUntil: emptied(changed, 'usableUntil', moment),
        challenge: challengeIn(changed),
        reason,
      };
      return answerOf(api.PATCH('/api/coupons/{couponId}', { ...at(couponId), body }));
    },
  };
};
