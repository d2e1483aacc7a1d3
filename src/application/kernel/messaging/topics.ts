import { type Topic } from '../../ports/message-log.js';

const DAY = 86_400;

export const COUPON_ISSUE_REQUESTS = 'coupon-issue-requests';
export const COUPON_ISSUE_GROUP = 'coupon-issue-group';
export const COUPON_ISSUE_DLQ = 'coupon-issue-dlq';
export const COUPON_ISSUE_DLQ_MONITOR_GROUP = 'coupon-issue-dlq-monitor-group';
export const WAITING_TOKEN = 'waiting-token';
export const TOKEN_ACTIVATE_GROUP = 'token-activate';
/** Internal: what one writer a product decides, keyed by productId. */
export const STOCK_REQUESTS = 'stock-requests';
export const STOCK_GROUP = 'stock-group';
export const COUPON_EVENTS = 'coupon-events';
export const ORDER_EVENTS = 'order-events';
export const PAYMENT_EVENTS = 'payment-events';
export const EVENT_OPEN = 'event-open';
export const DATA_PLATFORM = 'data-platform';

/** Dead letters of every topic but the first follow the rule `{topic}-dlq`. */
export const deadLetterTopic = (topic: string): string =>
  topic === COUPON_ISSUE_REQUESTS ? COUPON_ISSUE_DLQ : `${topic}-dlq`;

/** Who takes down what was set aside on a dead-letter topic. */
export const monitorGroup = (deadLetters: string): string =>
  deadLetters === COUPON_ISSUE_DLQ ? COUPON_ISSUE_DLQ_MONITOR_GROUP : `${deadLetters}-monitor-group`;

export interface ConsumerGroup {
  readonly topic: string;
  readonly group: string;
}

const writers: ReadonlyArray<ConsumerGroup> = [
  { topic: COUPON_ISSUE_REQUESTS, group: COUPON_ISSUE_GROUP },
  { topic: WAITING_TOKEN, group: TOKEN_ACTIVATE_GROUP },
  { topic: STOCK_REQUESTS, group: STOCK_GROUP },
];

/** Topics whose messages one writer a key decides: what it cannot decide goes to their dead-letter topics. */
export const commandTopics: ReadonlyArray<string> = writers.map(({ topic }) => topic);
export const deadLetterTopics = commandTopics.map(deadLetterTopic);

export const consumerGroups: ReadonlyArray<ConsumerGroup> = [
  ...writers,
  ...deadLetterTopics.map((topic) => ({ topic, group: monitorGroup(topic) })),
];

const kept =
  (days: number) =>
  (name: string, partitions: number): Topic => ({ name, partitions, retentionSeconds: days * DAY });
const week = kept(7);
const month = kept(30);

/** Every topic of the product. `partitions` is of the command topics (KAFKA_PARTITIONS). */
export const topics = (partitions: number): ReadonlyArray<Topic> => [
  ...commandTopics.flatMap((topic) => [week(topic, partitions), week(deadLetterTopic(topic), 1)]),
  week(COUPON_EVENTS, 3),
  week(ORDER_EVENTS, 6),
  week(PAYMENT_EVENTS, 3),
  week(EVENT_OPEN, 1),
  month(DATA_PLATFORM, 3),
];
