import { shop } from './api.js';
import { listen } from './live.js';
import { goThrough } from './queue.js';
import { addLine, bar, clearLines, element, enable, number, outcomes, problem, step, text } from './view.js';

const states = { on: 'live', lost: 'connection lost, coming back', off: 'not connected' };

const said = (kind, data) => {
  switch (kind) {
    case 'coupon-issued':
      return [`The coupon is yours, number ${number(data.place)}`, 'won'];
    case 'coupon-rejected':
      return [`No coupon: ${outcomes[data.status]?.[1] ?? data.code}`, 'lost'];
    case 'token-activated':
      return ['It is your turn', 'won'];
    case 'event-open':
      return [`${data.name} has opened`, ''];
    case 'payment-completed':
      return [`Paid: ${number(data.amount)}`, 'won'];
    default:
      return [`Order ${data.orderId}: ${data.status.toLowerCase()}`, ''];
  }
};

const show = (outcome, words) => {
  element('result').dataset.outcome = outcome;
  text('result', words);
  step('step-result', outcome === 'won' ? 'done' : outcome === 'lost' ? 'failed' : 'now');
};

/** One person in front of this page. */
export const visitor = () => {
  let userId = '';
  let sale = null;
  let token = null;
  let asked = null;
  const results = new Map();
  let stopListening = () => undefined;
  let leaving = new AbortController();

  const isOpen = () => sale !== null && sale.status === 'OPEN';
  const mayAsk = () => userId !== '' && isOpen() && asked === null && (sale.scheduleId === null || token !== null);
  const refresh = () => {
    enable('ask', mayAsk());
    enable(
      'enter',
      userId !== '' && sale !== null && sale.scheduleId !== null && element('step-queue').dataset.state === 'todo',
    );
    if (sale !== null && sale.scheduleId === null) text('queue-hint', 'No queue in front of this sale: straight on.');
    if (mayAsk()) step('step-coupon', 'now');
    if (token !== null && asked === null)
      text(
        'coupon-hint',
        isOpen() ? 'You are in. One each, while they last.' : 'You are in; the sale has not opened yet.',
      );
  };
  const startAfresh = () => {
    leaving.abort();
    leaving = new AbortController();
    [token, asked] = [null, null];
    for (const id of ['step-queue', 'step-coupon', 'step-result']) step(id, 'todo');
    element('result').dataset.outcome = '';
    text('result', 'Nothing asked yet.');
    text('place', '–');
    text('place-unit', 'ahead of you');
    text('queue-hint', 'People are let in in the order they came.');
    text('coupon-hint', 'One each, while they last.');
    bar('queue-bar', 0);
    refresh();
  };

  const onResult = (status, place) => {
    asked = { ...asked, isFinal: true };
    const won = status === 'SUCCESS';
    show(
      won ? 'won' : 'lost',
      won ? `It is yours: number ${number(place)}.` : `Not this time: ${outcomes[status]?.[1] ?? status}.`,
    );
    addLine(
      'results',
      userId,
      won ? `got number ${number(place)}` : (outcomes[status]?.[1] ?? status),
      won ? 'won' : 'lost',
      true,
    );
    step('step-coupon', won ? 'done' : 'failed');
    if (token !== null) void shop.leave(token.tokenId);
    refresh();
  };
  /** The result may overtake the answer that says what was asked. */
  const settle = () => {
    const result = asked === null || asked.isFinal ? undefined : results.get(asked.requestId);
    if (result !== undefined) onResult(result.status, result.place);
  };
  const onNotice = (kind, data, id) => {
    const [words, outcome] = said(kind, data);
    addLine('notices', words, `#${id}`, outcome);
    if (kind !== 'coupon-issued' && kind !== 'coupon-rejected') return;
    results.set(data.requestId, data);
    settle();
  };

  return {
    become: (name) => {
      userId = name;
      stopListening();
      clearLines('notices', 'Nothing yet.');
      stopListening = listen(userId, {
        onState: (state) => {
          element('live').dataset.state = state;
          text('live-text', states[state]);
        },
        onNotice,
        // What was missed is no longer told: the result is asked for instead.
        onResync: async () => {
          if (asked === null || asked.isFinal) return;
          const { body } = await shop.result(asked.requestId, 5);
          if (body.status !== 'PROCESSING') onResult(body.status, body.place);
        },
      });
      startAfresh();
    },
    enter: async () => {
      step('step-queue', 'now');
      refresh();
      let first = null;
      const { signal } = leaving;
      try {
        const entered = await goThrough(sale.scheduleId, userId, {
          signal,
          onPlace: ({ position, aheadOfYou = position - 1, etaSeconds }) => {
            first ??= aheadOfYou + 1;
            text('place', number(aheadOfYou));
            text('place-unit', 'ahead of you');
            text(
              'queue-hint',
              etaSeconds == null ? 'How long it takes is not known yet.' : `About ${number(etaSeconds)} s to go.`,
            );
            bar('queue-bar', 1 - (aheadOfYou + 1) / (first + 1));
          },
        });
        if (signal.aborted) return;
        token = entered;
        step('step-queue', entered === null ? 'failed' : 'done');
        text('place', entered === null ? '–' : 'In');
        text('place-unit', entered === null ? 'your place was given on' : '');
        text('queue-hint', entered === null ? 'Enter again for a new place.' : 'It is your turn.');
        if (entered === null) step('step-queue', 'todo');
        else bar('queue-bar', 1);
      } catch (error) {
        step('step-queue', 'todo');
        problem(error.message);
      }
      refresh();
    },
    ask: async () => {
      enable('ask', false);
      const { status, body } = await shop.ask(sale.couponId, userId, token?.pass);
      if (status !== 202) {
        if (body.code === 'NOT_OPEN' || status >= 500) problem(body.detail);
        else show('lost', body.detail ?? `The server answered ${status}.`);
        return refresh();
      }
      asked = { requestId: body.requestId, isFinal: false };
      show('', 'Accepted. Being decided …');
      settle();
      refresh();
    },
    onSale: (now) => {
      const isOther = sale?.couponId !== now?.couponId;
      sale = now;
      if (isOther) startAfresh();
      else refresh();
    },
  };
};
