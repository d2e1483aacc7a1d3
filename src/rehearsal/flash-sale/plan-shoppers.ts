import { type Patience } from '../crowd.js';

/** What someone who has an order does with it. */
export type Fate =
  | 'pays'
  | 'pays at the second try'
  | 'is declined'
  | 'times out'
  | 'gets lost'
  | 'walks away'
  | 'cancels'
  | 'pays and cancels';

export interface Shopper {
  readonly userId: string;
  readonly orderId: string;
  readonly patience: Patience;
  readonly product: number;
  readonly quantity: number;
  readonly usesPoints: boolean;
  readonly fate: Fate;
}

/** In hundredths. */
const SHARES: ReadonlyArray<readonly [Fate, number]> = [
  ['pays', 40],
  ['pays at the second try', 10],
  ['is declined', 6],
  ['times out', 12],
  ['gets lost', 6],
  ['walks away', 10],
  ['cancels', 6],
  ['pays and cancels', 10],
];

const fateAt = (hundredth: number): Fate => {
  let upTo = 0;
  for (const [fate, share] of SHARES) if (hundredth < (upTo += share)) return fate;
  return 'pays';
};

const patienceAt = (hundredth: number): Patience => (hundredth < 3 ? 'leaves' : hundredth < 5 ? 'vanishes' : 'stays');

/** Who comes, and what each will do: most pay, and everything else that people do happens too. */
export const planShoppers = (users: number, products: number): ReadonlyArray<Shopper> => {
  const salt = Math.floor(Math.random() * 0xffffffff).toString(36);
  const roll = (sides: number): number => Math.floor(Math.random() * sides);
  return Array.from({ length: users }, (_, n) => ({
    userId: `user-${salt}-${n}`,
    orderId: `order-${salt}-${n}`,
    patience: patienceAt(roll(100)),
    product: roll(products),
    quantity: 1 + roll(3),
    usesPoints: roll(2) === 0,
    fate: fateAt(roll(100)),
  }));
};
