import { type Board, type ProductOnBoard } from '../../../../src/application/operating/board/board.js';
import { linkTo } from '../route.js';
import { shown } from '../text/format.js';
import { t } from '../text/index.js';
import { type Action, type Field } from './action.js';
import { said, text, whole } from './values.js';

const at = (productId: string): string => `/api/products/${encodeURIComponent(productId)}`;

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
];

export const createProduct = ({ events }: Board): Action => ({
  title: 'do.createProduct',
  verb: 'do.create',
  fields: [
    { name: 'name', label: 'field.name', kind: 'text', required: true },
    { name: 'productId', label: 'field.id', kind: 'id', hint: 'field.id.hint' },
    { name: 'price', label: 'field.price', kind: 'whole', required: true },
    { name: 'stock', label: 'field.stock', kind: 'whole', required: true },
    {
      name: 'eventId',
      label: 'field.event',
      kind: 'choice',
      choices: [['', t('field.none')], ...Object.entries(events).map(([id, { name }]) => [id, name] as const)],
    },
    ...limits(),
  ],
  effects: (values) => {
    const [price, stock] = [whole(values, 'price') ?? 0, whole(values, 'stock') ?? 0];
    return [
      { what: t('effect.leftToSell', { n: '' }).trim(), before: '0', after: shown(stock) },
      { what: t('effect.worth'), after: shown(price * stock) },
    ];
  },
  request: (values, reason) => ({
    path: '/api/products',
    method: 'POST',
    body: said({
      productId: text(values, 'productId'),
      name: text(values, 'name'),
      price: whole(values, 'price'),
      stock: whole(values, 'stock'),
      eventId: text(values, 'eventId'),
      maxPerUser: whole(values, 'maxPerUser'),
      maxOpenHolds: whole(values, 'maxOpenHolds'),
      reason,
    }),
  }),
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
  request: (values, reason) => ({
    path: `${at(productId)}/stock`,
    method: 'POST',
    body: said({ quantity: whole(values, 'quantity'), deliveryNote: text(values, 'deliveryNote'), reason }),
  }),
});

export const changeLimits = (productId: string, product: ProductOnBoard): Action => ({
  title: 'do.changeLimits',
  subject: product.name,
  verb: 'do.change',
  fields: limits(product),
  effects: (values) =>
    (['maxPerUser', 'maxOpenHolds'] as const).map((name) => ({
      what: t(`field.${name}`),
      before: product[name] === undefined ? t('field.noLimit') : shown(product[name]),
      after: whole(values, name) === undefined ? t('field.noLimit') : shown(whole(values, name) ?? 0),
    })),
  request: (values, reason) => ({
    path: at(productId),
    method: 'PATCH',
    body: {
      maxPerUser: whole(values, 'maxPerUser') ?? null,
      maxOpenHolds: whole(values, 'maxOpenHolds') ?? null,
      reason,
    },
  }),
});
