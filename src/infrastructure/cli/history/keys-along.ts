import { option as O } from 'fp-ts';
import { type DataKeys } from '../../../application/ports/data-keys.js';
import { type RecordedEvent } from '../../../application/ports/event-store.js';
import { answerOf } from './answer-of.js';

/** The keys of personal data go with the events that were sealed by them, as they are: wrapped. */
export const keysAlong = (from: DataKeys, to: DataKeys) => {
  let due = new Map<string, 'copy' | 'destroy'>();
  const note = ({ event }: RecordedEvent): void => {
    if (!('userId' in event) || typeof event.userId !== 'string') return;
    if (event.type === 'PersonalDataErased') due.set(event.userId, 'destroy');
    else if (!due.has(event.userId)) due.set(event.userId, 'copy');
  };
  const known = new Set<string>();
  const carry = async (): Promise<void> => {
    for (const [userId, what] of due) {
      if (what === 'destroy') await answerOf('store of the keys', to.destroy(userId));
      // The user was erased and has a new key.
      if (what === 'copy' && known.has(userId)) continue;
      const key = await answerOf('store of the keys', from.find(userId));
      if (O.isNone(key)) continue;
      await answerOf('store of the keys', to.offer(userId, key.value));
      known.add(userId);
    }
    due = new Map();
  };
  return { note, carry };
};
