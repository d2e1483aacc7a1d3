import { goThrough, stayIn } from './queue.js';
import { bar, enable, number, problem, reveal, step, text } from './view.js';

const NOT_IN = { token: null, state: 'out', words: 'People are let in in the order they came.' };

/** The first step: a place in the queue, and the time inside. `visit` is whoever goes, `changed` tells the other steps. */
export const placeInQueue = (visit, changed) => {
  let is = NOT_IN;

  const set = (now) => {
    is = { ...is, ...now };
    changed();
  };
  const onPlace = ({ position, aheadOfYou = position - 1, etaSeconds }) => {
    const first = is.first ?? aheadOfYou + 1;
    text('place', number(aheadOfYou));
    bar('queue-bar', 1 - (aheadOfYou + 1) / (first + 1));
    const words = etaSeconds == null ? 'How long it takes is not known yet.' : `About ${number(etaSeconds)} s to go.`;
    set({ first, words, state: 'waiting' });
  };
  const stay = async (token, signal) => {
    const ended = await stayIn(token, signal);
    if (signal.aborted || is.token !== token) return;
    if (ended === 'COMPLETED') set({ token: null, state: 'over' });
    else set({ ...NOT_IN, words: 'Your time inside is over. Enter again for a new place.' });
  };

  return {
    isIn: () => visit.sale !== null && (visit.sale.scheduleId === null || is.token !== null),
    pass: () => is.token?.pass,
    enter: async () => {
      const { signal } = visit.leaving;
      set({ state: 'entering', first: null });
      try {
        const token = await goThrough(visit.sale.scheduleId, visit.userId, { signal, onPlace });
        if (signal.aborted) return;
        if (token === null) return set({ ...NOT_IN, words: 'Your place was given on. Enter again for a new one.' });
        set({ token, state: 'in' });
        void stay(token, signal);
      } catch (error) {
        set(NOT_IN);
        problem(error.message);
      }
    },
    /** Who has what they came for makes room: the server sees to it. */
    complete: () => {
      if (is.token !== null) set({ token: null, state: 'over' });
    },
    /** They have it no more, and may come back. */
    reopen: () => {
      if (is.state === 'over') set({ ...NOT_IN, words: 'Enter again for a new place.' });
    },
    /** The server knows of no place of ours. */
    lose: () => set({ ...NOT_IN, words: 'You are not in any more. Enter again for a new place.' }),
    reset: () => (is = NOT_IN),
    render: () => {
      const { sale } = visit;
      const isWaiting = is.state === 'waiting';
      reveal('queue-figure', isWaiting);
      reveal('queue-bar', isWaiting);
      reveal('enter', !isWaiting);
      enable('enter', sale !== null && sale.scheduleId !== null && is.state === 'out');
      step('step-queue', 'queue-gist', shown(sale, is));
    },
  };
};

const shown = (sale, { state, words }) => {
  if (sale === null) return { state: 'todo', words: 'Start a sale first.' };
  if (sale.scheduleId === null) return { state: 'done', words: 'No queue in front of this sale: straight on.' };
  if (state === 'in') return { state: 'done', words: 'It is your turn.', outcome: 'won' };
  if (state === 'over') return { state: 'done', words: 'Your place went to the next in line.' };
  return { state: 'now', words };
};
