import { setTimeout as sleep } from 'node:timers/promises';
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js';

/** A partition has another leader than the one that was asked, or none yet. */
const ANOTHER_LEADER: ReadonlySet<string | undefined> = new Set([
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'UNKNOWN_TOPIC_OR_PARTITION',
]);

/** Brokers hear of a new leader one after another: meanwhile, asking again at once gets the same refusal. */
const PAUSE_MS = 50;

/** Tells the library to stop all fetches first, and to join the group again then. */
class JoinAgain extends Error {
  readonly type = 'REBALANCE_IN_PROGRESS';
}

let isPatched = false;

/**
 * The library fetches from every broker on its own. When one of these fetches failed since a partition had another leader
 * or a topic more partitions, it joined the group again while the others were under way. A join empties the lanes and starts
 * from the commits, but what another fetch had asked for before then still arrived, and was handled and committed: all
 * between the commit and its first message was skipped. Here no join happens while a fetch is under way. Another leader
 * takes no join at all: each fetch looks up which partitions its broker leads.
 */
export const joinBetweenFetches = (): void => {
  if (isPatched) return;
  isPatched = true;
  const recover = ConsumerGroup.prototype.recoverFromFetch;
  ConsumerGroup.prototype.recoverFromFetch = async function (this: ConsumerGroup, error): Promise<void> {
    if (error.name === 'KafkaJSStaleTopicMetadataAssignment') throw new JoinAgain(error.message);
    if (!ANOTHER_LEADER.has(error.type) && error.name !== 'KafkaJSTopicMetadataNotLoaded')
      return recover.call(this, error);
    await this.cluster.refreshMetadata();
    await sleep(PAUSE_MS);
  };
};
