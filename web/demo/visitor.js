import { coupon } from './coupon.js';
import { listen } from './live.js';
import { said } from './notices.js';
import { placeInQueue } from './place.js';
import { purchase } from './purchase.js';
import { addLine, clearLines, element, text } from './view.js';

const states = { on: 'live', lost: 'connection lost, coming back', off: 'not connected' };

/** One person in front of this page: who they are, what they look at, and how far they are with each step. */
export const visitor = () => {
  const visit = { userId: '', sale: null, leaving: new AbortController() };
  const render = () => steps.forEach((each) => each.render());
  visit.place = placeInQueue(visit, render);
  visit.coupon = coupon(visit, render);
  visit.purchase = purchase(visit, render);
  const steps = [visit.place, visit.coupon, visit.purchase];
  let stopListening = () => undefined;

  const startAfresh = () => {
    visit.leaving.abort();
    visit.leaving = new AbortController();
    steps.forEach((each) => each.reset());
    render();
  };
  const onNotice = (kind, data, id) => {
    const [words, outcome] = said(kind, data);
    addLine('notices', words, `#${id}`, outcome);
    visit.coupon.onNotice(kind, data);
    visit.purchase.onNotice(kind, data);
  };

  return {
    enter: visit.place.enter,
    ask: visit.coupon.ask,
    order: visit.purchase.place,
    pay: visit.purchase.pay,
    cancel: visit.purchase.cancel,
    orderAgain: visit.purchase.again,
    render,
    become: (name) => {
      visit.userId = name;
      stopListening();
      clearLines('notices', 'Nothing yet.');
      stopListening = listen(name, {
        onState: (state) => {
          element('live').dataset.state = state;
          text('live-text', states[state]);
        },
        onNotice,
        onResync: () => void Promise.all([visit.coupon.look(), visit.purchase.look()]).catch(() => undefined),
      });
      startAfresh();
    },
    onSale: (now) => {
      const isOther = visit.sale?.couponId !== now.couponId;
      visit.sale = now;
      if (isOther) startAfresh();
      else render();
    },
  };
};
