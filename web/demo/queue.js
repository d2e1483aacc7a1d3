import { client } from './api.js';

const unlessLeft = (signal) => (error) => {
  if (!signal.aborted) throw error;
  return null;
};

/**
 * The way of one person through the waiting room: joins, and tells how it goes until in, out or `signal` aborts. Answers
 * the place once it is theirs, null when there is no way in.
 */
export const goThrough = async (scheduleId, userId, { signal, onPlace }) => {
  const joined = await client.waitingRoom.join({ scheduleId, userId });
  if (!joined.ok) throw new Error(joined.problem.detail);
  const turn = await joined.value.admitted({ signal, onPlace }).catch(unlessLeft(signal));
  return turn?.ok ? turn.value : null;
};

/** Gives signs of life from inside until the visit is over; answers how it ended: COMPLETED or EXPIRED. */
export const stayIn = async (token, signal) => {
  const ended = await client.waitingRoom.stay(token, { signal }).catch(unlessLeft(signal));
  return ended?.ok ? ended.value.status : null;
};
