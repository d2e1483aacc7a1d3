import { type Board, type ProductOnBoard } from '../../../../src/application/operating/board/board.js';
import { answerOf } from '../../../../packages/client/src/index.js';
import { api } from '../api/client.js';
import { linkTo } from '../route.js';
import { shown } from '../text/format.js';
import { t } from '../text/index.js';
import { type Action, type Field } from './action.js';
import { changedIn, emptied } from './changed.js';
import { challengeEffect, challengeField, challengeIn, eventField, opening } from './terms.js';
import { oneOf, requiredWhole, text, whole } from './values.js';

/** The first of each is what the shop does where nothing is said. */
const POLICIES = {
  latePayment: ['REACQUIRE', 'REFUND'],
  soldOut: ['REOPEN', 'STAY_CLOSED'],
  cancel: ['UNTIL_SHIPPED', 'UNTIL_PAID'],
} as const;

const at = (productId: string) => ({ params: { path: { productId } } });

const limits = (product?: ProductOnBoard): ReadonlyArray<Field> => [
  {
    name: 'maxPerUser',
    label: 'field.maxPerUser',
    kind: 'whole',
    min: 1,
    hint: 'field.noLimit',
    value: String(product?.maxPerUser ?? ''),
  },
  {
    name: 'maxOpenHolds',
    label: 'field.maxOpenHolds',
    kind: 'whole',
    min: 1,
    hint: 'field.noLimit',
    value: String(product?.maxOpenHolds ?? ''),
  },
  {
    name: 'pauseAfterExpirySeconds',
    label: 'field.pauseAfterExpirySeconds',
    kind: 'whole',
    min: 1,
    hint: 'field.noLimit',
    isMore: true,
    value: String(product?.pauseAfterExpirySeconds ?? ''),
  },
  challengeField(product?.challenge),
];

const policies = (): ReadonlyArray<Field> =>
  (['latePayment', 'soldOut', 'cancel'] as const).map((name) => ({
    ...{ name, label: `field.${name}`, kind: 'choice', isMore: true },
    choices: POLICIES[name].map((each) => [each, t(`policy.${each}`)]),
  }));

export const createProduct = (board: Board): Action => ({
  title: 'do.createProduct',
  verb: 'do.create',
  fields: [
    { name: 'name', label: 'field.name', kind: 'text', required: true },
    { name: 'productId', label: 'field.id', kind: 'id', hint: 'field.id.hint' },
    { name: 'price', label: 'field.price', kind: 'whole', required: true },
    { name: 'stock', label: 'field.stock', kind: 'whole', required: true },
    eventField(board),
    ...limits(),
    ...policies(),
  ],
  effects: (values) => {
    const [price, stock] = [whole(values, 'price') ?? 0, whole(values, 'stock') ?? 0];
    return [
      { what: t('effect.leftToSell', { n: '' }).trim(), before: '0', after: shown(stock) },
      opening(values, undefined, board),
      { what: t('effect.worth'), after: shown(price * stock) },
    ];
  },
  request: (values, reason, once) => {
    const body = {
      productId: text(values, 'productId'),
      name: text(values, 'name') ?? '',
      price: requiredWhole(values, 'price'),
      stock: requiredWhole(values, 'stock'),
      eventId: text(values, 'eventId'),
      maxPerUser: whole(values, 'maxPerUser'),
      maxOpenHolds: whole(values, 'maxOpenHolds'),
      pauseAfterExpirySeconds: whole(values, 'pauseAfterExpirySeconds'),
      challenge: challengeIn(values),
      policy: {
        latePayment: oneOf(values, 'latePayment', POLICIES.latePayment),
        soldOut: oneOf(values, 'soldOut', POLICIES.soldOut),
        cancel: oneOf(values, 'cancel', POLICIES.cancel),
      },
      reason,
    };
    return answerOf(api.POST('/api/products', { body, ...once }));
  },
  then: () => linkTo('shop', 'products'),
});

export const receiveStock = (productId: string, product: ProductOnBoard): Action => ({
  title: 'do.receiveStock',
  subject: product.name,
  verb: 'do.receive',
  fields: [
    { name: 'quantity', label: 'field.received', kind: 'whole', required: true, min: 1 },
    { name: 'deliveryNote', label: 'field.deliveryNote', kind: 'id', hint: 'field.deliveryNote.hint' },
  ],
  effects: (values) => {
    const received = whole(values, 'quantity') ?? 0;
    return [
      { what: t('shop.onHand'), before: shown(product.onHand), after: shown(product.onHand + received) },
      { what: t('shop.available'), before: shown(product.available), after: shown(product.available + received) },
    ];
  },
  request: (values, reason, once) => {
    const body = { quantity: requiredWhole(values, 'quantity'), deliveryNote: text(values, 'deliveryNote'), reason };
    return answerOf(api.POST('/api/products/{productId}/stock', { ...at(productId), body, ...once }));
  },
});

export const changeLimits = (productId: string, product: ProductOnBoard): Action => {
  const fields = limits(product);
  return {
    title: 'do.changeLimits',
    subject: product.name,
    verb: 'do.change',
    fields,
    effects: (values) => [
      ...(['maxPerUser', 'maxOpenHolds', 'pauseAfterExpirySeconds'] as const).map((name) => ({
        what: t(`field.${name}`),
        before: product[name] === undefined ? t('field.noLimit') : shown(product[name]),
        after: whole(values, name) === undefined ? t('field.noLimit') : shown(whole(values, name) ?? 0),
      })),
      challengeEffect(values, product.challenge),
    ],
    request: (values, reason) => {
      const changed = changedIn(fields, values);
      const body = {
        maxPerUser: emptied(changed, 'maxPerUser', whole),
        maxOpenHolds: emptied(changed, 'maxOpenHolds', whole),
        pauseAfterExpirySeconds: emptied(changed, 'pauseAfterExpirySeconds', whole),
        challenge: challengeIn(changed),
        reason,
      };
      return answerOf(api.PATCH('/api/products/{productId}', { ...at(productId), body }));
    },
  };
};
