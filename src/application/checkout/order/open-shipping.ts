import { option as O, taskEither as TE } from 'fp-ts';
import { type PlainShipping } from '../../../domain/delivery/events.js';
import { isSealed } from '../../../domain/sealed.js';
import { type PersonalData, type Subject } from '../../kernel/personal-data/personal-data.js';
import { type OrderDocument } from './views/orders.js';

export interface ShippingSeen {
  /** Null: it was erased. */
  readonly shipping: PlainShipping | null;
  readonly erased?: true;
}

/** The shipping of an order opens for that order alone. */
export const shippingOf = (userId: string, orderId: string): Subject => ({ userId, about: `order/${orderId}` });

const ERASED: ShippingSeen = { shipping: null, erased: true };

const isPlain = (value: unknown): value is PlainShipping => typeof value === 'object' && value !== null;

/** Decrypts the shipping of an order for its reader. Erased: its key is destroyed, or it was written plain and removed from the view. */
export const openShipping =
  ({ open }: PersonalData) =>
  ({
    userId,
    orderId,
    shipping,
  }: Pick<OrderDocument, 'userId' | 'orderId' | 'shipping'>): TE.TaskEither<
    'PersonalDataUnavailable',
    ShippingSeen
  > => {
    if (shipping === null) return TE.right(ERASED);
    if (!isSealed(shipping)) return TE.right({ shipping });
    return TE.map((opened: O.Option<unknown>) =>
      O.isSome(opened) && isPlain(opened.value) ? { shipping: opened.value } : ERASED,
    )(open(shippingOf(userId, orderId), shipping));
  };
