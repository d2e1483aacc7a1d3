import { type Board } from '../../../../../src/application/operating/board/board.js';
import { OneCoupon } from './one-coupon.js';
import { OneEvent } from './one-event.js';
import { OneProduct } from './one-product.js';
import { OneSchedule } from './one-schedule.js';
import { type Kind } from './kinds.js';

interface OneProps {
  readonly kind: Kind;
  readonly id: string;
  readonly now: Board;
}

export const One = ({ kind, id, now }: OneProps) => {
  switch (kind) {
    case 'coupons':
      return <OneCoupon id={id} now={now} />;
    case 'events':
      return <OneEvent id={id} now={now} />;
    case 'schedules':
      return <OneSchedule id={id} now={now} />;
    case 'products':
      return <OneProduct id={id} now={now} />;
  }
};
