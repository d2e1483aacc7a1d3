import { type Position } from '../../../application/ports/event-store.js';

const POSITION = /^(-1|\d{1,16})$/;

/** What a client says it knows: null when it says nothing, NaN when it is no id of ours. */
export const since = (lastEventId: string | undefined): Position | null => {
  if (lastEventId === undefined || lastEventId === '') return null;
  const position = POSITION.test(lastEventId) ? Number(lastEventId) : NaN;
  return Number.isSafeInteger(position) ? position : NaN;
};
