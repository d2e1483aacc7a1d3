import { type Consumer, type Subscribe } from '../../application/ports/message-log.js';
import { sleep, toError } from './in-time.js';
import { joinGroup, type Membership, NOT_JOINED } from './join-group.js';
import { type KafkaSettings } from './options.js';

const AGAIN_MS = 500;

/**
 * Consumes until it is told to stop: a membership that the library gives up on (a broker that starts has no group
 * coordinator yet) is replaced by a new one, which goes on at the commits. Rejects when Kafka does not answer at first.
 */
export const consume = async (
  subscription: Subscribe,
  partitions: number,
  settings: KafkaSettings,
): Promise<Consumer> => {
  const { topic, group } = subscription;
  let stopping = false;
  let stop: () => void = () => undefined;
  const stopped = new Promise<null>((resolve) => (stop = () => resolve(null)));

  const joinAgain = async (): Promise<Membership | null> => {
    while (!stopping) {
      await Promise.race([sleep(AGAIN_MS), stopped]);
      if (stopping) break;
      try {
        return await joinGroup(subscription, partitions, settings);
      } catch (error) {
        settings.troubles.met(NOT_JOINED, group, { topic, group, error: toError(error).message });
      }
    }
    return null;
  };

  const keep = async (first: Membership): Promise<void> => {
    for (let membership: Membership | null = first; membership !== null;) {
      const ended = await Promise.race([membership.ended, stopped]);
      if (ended === null) return membership.leave();
      await membership.abandon();
      membership = await joinAgain();
    }
  };

  const kept = keep(await joinGroup(subscription, partitions, settings));
  return {
    stop: async () => {
      stopping = true;
      stop();
      await kept;
    },
  };
};
