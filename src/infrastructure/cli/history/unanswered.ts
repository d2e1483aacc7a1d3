import { setTimeout as sleep } from 'node:timers/promises';
import { either as E } from 'fp-ts';
import { consumerGroups } from '../../../application/kernel/messaging/topics.js';
import {
  FILLER,
  type LoggedMessage,
  type MessageLog,
  type PlaceInLog,
} from '../../../application/ports/message-log.js';
import { CallFailed } from '../failures.js';
import { answerOf, patiently } from './answer-of.js';

/** How long accepted requests may take to be decided; those that are not decided by then are moved undecided. */
const DECIDED_WITHIN_MS = 10_000;
const PAGE = 1_000;
const TOPICS = [...new Set(consumerGroups.map(({ topic }) => topic))];

export interface Unanswered {
  readonly starts: ReadonlyArray<PlaceInLog>;
  readonly messages: ReadonlyArray<LoggedMessage>;
}

/** What the log holds that no group has answered, and where each partition ends. */
export const unansweredIn = async (log: Pick<MessageLog, 'read' | 'lag'>): Promise<Unanswered> => {
  const starts: PlaceInLog[] = [];
  const messages: LoggedMessage[] = [];
  for (const topic of TOPICS)
    for (const { group } of consumerGroups.filter((each) => each.topic === topic))
      for (const { partition, head, committed } of await answerOf('message log', log.lag(topic, group))) {
        starts.push({ topic, partition, offset: head });
        for (let offset = committed; offset < head;) {
          const page = await answerOf('message log', log.read({ topic, partition, offset }, PAGE));
          const last = page.at(-1);
          if (last === undefined) break;
          messages.push(...page);
          offset = last.offset + 1;
        }
      }
  return { starts, messages };
};

export const waitUntilDecided = async (
  log: Pick<MessageLog, 'read' | 'lag'>,
  withinMs = DECIDED_WITHIN_MS,
): Promise<void> => {
  const until = performance.now() + withinMs;
  while (performance.now() < until && (await unansweredIn(log)).messages.length > 0) await sleep(100);
};

/** Whether a log is in use. The fillers that a move left behind when it broke off do not count. */
export const holdsMessages = async (log: Pick<MessageLog, 'read' | 'lag'>): Promise<boolean> =>
  (await unansweredIn(log)).messages.some(({ key }) => key !== FILLER);

const contentOf = ({ topic, key, value }: LoggedMessage): string => JSON.stringify([topic, key, value]);

/** Publishes what no group has answered, and reads it back, so that no accepted request is lost unnoticed. Rejects with CallFailed. */
export const publishAgain = async (log: MessageLog, messages: ReadonlyArray<LoggedMessage>): Promise<void> => {
  const notThere = new CallFailed(
    'A request that was accepted could not be published to the log moved to; the old shop stays closed: see docs/operating.md',
    'UNAVAILABLE',
  );
  for (const { topic, key, value, headers } of messages) {
    const published = await patiently(log.publish(topic, { key, value, headers }))();
    if (E.isLeft(published)) throw notThere;
  }
  if (messages.length === 0) return;
  const there = new Set((await unansweredIn(log)).messages.map(contentOf));
  if (!messages.every((message) => there.has(contentOf(message)))) throw notThere;
};
