import { either as E } from 'fp-ts';
import { type Message, type MessageLog } from '../../ports/message-log.js';
import { type Metrics } from '../../ports/metrics.js';

export interface PublishingBounds {
  /** Messages published and not yet answered. */
  readonly maxPending: number;
  /** The same in characters of key and value; a single message is never too large. */
  readonly maxPendingCharacters: number;
}

const charactersOf = ({ key, value }: Message): number => key.length + value.length;

/**
 * The log for requests from outside: more than the bound at once is refused before anything is written. What follows from
 * accepted requests (the relay, deadlines, dead letters) comes in batches with their own bounds and is published without this
 * one: if half of a batch were refused, the other half would be published again and again.
 */
export const boundedPublishing = (
  log: MessageLog,
  metrics: Metrics,
  { maxPending, maxPendingCharacters }: PublishingBounds,
): MessageLog => {
  let pending = 0;
  let pendingCharacters = 0;
  return {
    ...log,
    publish: (topic, message) => () => {
      const characters = charactersOf(message);
      if (pending >= maxPending || (pending > 0 && pendingCharacters + characters > maxPendingCharacters)) {
        metrics.count('kafka_producer_record_send_total', { topic, result: 'refused' });
        return Promise.resolve(E.left('LogOverloaded'));
      }
      pending += 1;
      pendingCharacters += characters;
      return log
        .publish(topic, message)()
        .finally(() => {
          pending -= 1;
          pendingCharacters -= characters;
        });
    },
  };
};
