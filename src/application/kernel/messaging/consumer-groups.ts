import {
  COUPON_ISSUE_DLQ,
  COUPON_ISSUE_DLQ_MONITOR_GROUP,
  COUPON_ISSUE_GROUP,
  COUPON_ISSUE_REQUESTS,
  deadLetterTopic,
  STOCK_GROUP,
  STOCK_REQUESTS,
  TOKEN_ACTIVATE_GROUP,
  WAITING_TOKEN,
} from './topics.js';

export interface ConsumerGroup {
  readonly topic: string;
  readonly group: string;
}

/** Who takes down what was set aside on a dead-letter topic. */
export const monitorGroup = (deadLetters: string): string =>
  deadLetters === COUPON_ISSUE_DLQ ? COUPON_ISSUE_DLQ_MONITOR_GROUP : `${deadLetters}-monitor-group`;

const writers: ReadonlyArray<ConsumerGroup> = [
  { topic: COUPON_ISSUE_REQUESTS, group: COUPON_ISSUE_GROUP },
  { topic: WAITING_TOKEN, group: TOKEN_ACTIVATE_GROUP },
  { topic: STOCK_REQUESTS, group: STOCK_GROUP },
];

/** Topics whose messages one writer a key decides: what it cannot decide goes to their dead-letter topics. */
export const commandTopics: ReadonlyArray<string> = writers.map(({ topic }) => topic);

export const consumerGroups: ReadonlyArray<ConsumerGroup> = [
  ...writers,
  ...commandTopics.map(deadLetterTopic).map((topic) => ({ topic, group: monitorGroup(topic) })),
];
