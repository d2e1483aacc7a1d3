import { shop } from './api.js';
import { addLine, enable, number, outcomes, problem, step } from './view.js';

/** The second step: asking for a coupon, and hearing what came of it. */
export const coupon = (visit, changed) => {
  let asked = null;
  const results = new Map();

  const isOpen = () => visit.sale?.status === 'OPEN';
  const mayAsk = () => visit.place.isIn() && isOpen() && asked === null;
  const onResult = ({ status, place }) => {
    const won = status === 'SUCCESS';
    const words = won ? `got number ${number(place)}` : (outcomes[status]?.[1] ?? status);
    asked = { ...asked, isFinal: true, won, place, words };
    addLine('results', visit.userId, words, won ? 'won' : 'lost', true);
    changed();
  };
  /** The result may overtake the answer that says what was asked. */
  const settle = () => {
    const result = asked === null || asked.isFinal ? undefined : results.get(asked.requestId);
    if (result !== undefined) onResult(result);
  };
  const look = async () => {
    if (asked === null || asked.isFinal) return;
    const { body } = await shop.result(asked.requestId, 5);
    if (body.status !== 'PROCESSING' && !asked?.isFinal) onResult(body);
  };
  const shown = () => {
    if (asked?.isFinal)
      return asked.won
        ? { state: 'done', words: `It is yours: number ${number(asked.place)}.`, outcome: 'won' }
        : { state: 'failed', words: `Not this time: ${asked.words}.`, outcome: 'lost' };
    if (asked !== null) return { state: 'now', words: 'Accepted. Being decided …' };
    if (!visit.place.isIn()) return { state: 'todo' };
    switch (visit.sale.status) {
      case 'OPEN':
        return { state: 'now', words: 'You are in. One each, while they last.' };
      case 'SOLD_OUT':
        return { state: 'failed', words: 'All coupons are gone.', outcome: 'lost' };
      default:
        return { state: 'now', words: 'You are in; the sale has not opened yet.' };
    }
  };

  return {
    /** Whatever there was to get is got, or gone. */
    isSettled: () => (asked === null ? visit.sale?.status === 'SOLD_OUT' : asked.isFinal),
    isWon: () => asked?.won === true,
    ask: async () => {
      enable('ask', false);
      const { signal } = visit.leaving;
      const { status, body } = await shop.ask(visit.sale.couponId, visit.userId, visit.place.pass());
      if (signal.aborted) return;
      if (body.requestId !== undefined) {
        asked = { requestId: body.requestId, isFinal: false };
        settle();
        // Asked for before, on another day or in another window: it has been told already.
        if (status !== 202) await look();
      } else if (body.code === 'WAITING_REQUIRED') visit.place.lose();
      else if (body.code === 'NOT_OPEN' || status >= 500) problem(body.detail);
      else onResult({ status: body.code });
      changed();
    },
    onNotice: (kind, data) => {
      if (kind !== 'coupon-issued' && kind !== 'coupon-rejected') return;
      results.set(data.requestId, data);
      settle();
    },
    /** What was missed is no longer told: the result is asked for instead. */
    look,
    reset: () => (asked = null),
    render: () => {
      enable('ask', mayAsk());
      step('step-coupon', 'result', shown());
    },
  };
};
