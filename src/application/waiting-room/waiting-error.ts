import { type AskedError } from '../kernel/outcome/ask-decider.js';

export type WaitingRoomError =
  | { readonly code: 'SCHEDULE_NOT_FOUND' | 'TOKEN_NOT_FOUND' }
  /** Nothing was asked: try again. */
  | { readonly code: 'OVERLOADED' | 'UNAVAILABLE' }
  /** It is, or may be, on its way: asking again changes nothing that was done. */
  | { readonly code: 'OUTCOME_UNKNOWN' };

export const waitingError = (error: AskedError): WaitingRoomError => {
  if (error.code !== 'REJECTED') return { code: error.code };
  return { code: error.rejection === 'SCHEDULE_NOT_FOUND' ? 'SCHEDULE_NOT_FOUND' : 'UNAVAILABLE' };
};
