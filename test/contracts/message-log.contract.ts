import { type MessageLog } from '../../src/application/ports/message-log.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';
import {
  everything,
  freshGroup,
  freshTopic,
  gate,
  numbered,
  publishAll,
  record,
  sampleMessage,
} from '../support/message-samples.js';

export interface OpenedMessageLog {
  readonly log: MessageLog;
  /** Closes this one and opens what it left behind, as after a restart. */
  readonly reopen: () => Promise<OpenedMessageLog>;
  readonly close: () => Promise<void>;
}

/** What every message log promises. `withinMs`: how long a group may take to find its members. */
export const messageLogContract = (
  name: string,
  open: () => Promise<OpenedMessageLog>,
  { withinMs = 5_000 }: { readonly withinMs?: number } = {},
): void => {
  const test = (sentence: string, body: () => Promise<void>) => it(sentence, body, withinMs * 4);

  describe(`${name}, a message log`, () => {
    let opened: OpenedMessageLog;
    const soon = <A>(check: () => A | Promise<A>) => eventually(check, withinMs);
    beforeEach(async () => {
      opened = await open();
    }, withinMs * 4);
    afterEach(() => opened.close(), withinMs * 4);

    const committedOf = async (topic: string, group: string) =>
      (await answerOf(opened.log.lag(topic, group))).reduce((sum, { committed }) => sum + committed, 0);

    describe('publishing', () => {
      test('keeps the messages of one key in one partition, in the order in which they were published', async () => {
        const topic = await freshTopic(opened.log, 3);
        const published = await publishAll(opened.log, topic, numbered(200, 'coupon-7'));
        expect(new Set(published.map(({ partition }) => partition)).size).toBe(1);
        expect(published.map(({ offset }) => offset)).toEqual(published.map((_, offset) => offset));
        const values = (await everything(opened.log, topic, 3)).map(({ value }) => value);
        expect(values).toEqual(published.map((_, number) => String(number)));
      });

      test('spreads keys over all partitions', async () => {
        const topic = await freshTopic(opened.log, 3);
        const messages = Array.from({ length: 60 }, (_, number) => sampleMessage('x', `coupon-${number}`));
        const published = await publishAll(opened.log, topic, messages);
        expect(new Set(published.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2]));
      });

      test('gives each of many concurrent messages an offset of its own, where it is then found', async () => {
        const topic = await freshTopic(opened.log, 3);
        const messages = Array.from({ length: 1_500 }, (_, n) => sampleMessage(`value-${n}`, `coupon-${n % 17}`));
        const published = await publishAll(opened.log, topic, messages);
        const found = new Map(
          (await everything(opened.log, topic, 3)).map((one) => [`${one.partition} ${one.offset}`, one]),
        );
        expect(found.size).toBe(messages.length);
        published.forEach(({ partition, offset }, n) =>
          expect(found.get(`${partition} ${offset}`)).toMatchObject({ ...messages[n], topic }),
        );
      });

      test('carries whatever a value, a key and headers are made of', async () => {
        const topic = await freshTopic(opened.log);
        const headers = { traceparent: '00-ab-01', 'x-name': '홍길동 🎟️', empty: '' };
        const values = ['{"half":', '', 'null', '\u0000\u0001\u001f', '쿠폰 🎟️ "\\', 'x'.repeat(60_000)];
        for (const value of values) await answerOf(opened.log.publish(topic, { key: '쿠폰-1', value, headers }));
        const read = await everything(opened.log, topic, 1);
        expect(read.map(({ value }) => value)).toEqual(values);
        read.forEach((message) => expect(message).toMatchObject({ key: '쿠폰-1', headers }));
      });

      test('says when a message was logged', async () => {
        const topic = await freshTopic(opened.log);
        const before = Date.now();
        await publishAll(opened.log, topic, numbered(1));
        const [message] = await everything(opened.log, topic, 1);
        // Two clocks may differ a little.
        expect(message?.loggedAt).toBeGreaterThan(before - 5_000);
        expect(message?.loggedAt).toBeLessThan(Date.now() + 5_000);
      });

      test('leaves the partitions of a topic as they are when more are asked for', async () => {
        const topic = await freshTopic(opened.log, 2);
        await answerOf(opened.log.ensureTopics([{ name: topic, partitions: 5, retentionSeconds: 604_800 }]));
        expect(await answerOf(opened.log.lag(topic, freshGroup()))).toHaveLength(2);
      });

      test('still has everything after a restart, and goes on counting', async () => {
        const topic = await freshTopic(opened.log);
        await publishAll(opened.log, topic, numbered(20));
        opened = await opened.reopen();
        expect(await everything(opened.log, topic, 1)).toHaveLength(20);
        expect(await publishAll(opened.log, topic, numbered(1))).toEqual([{ partition: 0, offset: 20 }]);
      });
    });

    describe('reading without a group', () => {
      test('begins at any offset and ends at the limit or at the end', async () => {
        const topic = await freshTopic(opened.log);
        await publishAll(opened.log, topic, numbered(30));
        const read = async (offset: number, limit: number) =>
          (await answerOf(opened.log.read({ topic, partition: 0, offset }, limit))).map((message) => message.offset);
        expect(await read(0, 3)).toEqual([0, 1, 2]);
        expect(await read(17, 2)).toEqual([17, 18]);
        expect(await read(28, 10)).toEqual([28, 29]);
        expect(await read(30, 10)).toEqual([]);
        opened = await opened.reopen();
        expect(await read(17, 2)).toEqual([17, 18]);
      });
    });

    describe('consuming', () => {
      test('hands over what is there and what comes, each message once, in order', async () => {
        const topic = await freshTopic(opened.log);
        await publishAll(opened.log, topic, numbered(10));
        const { values } = await record(opened.log, { topic, group: freshGroup() });
        await soon(() => values().length === 10);
        for (const message of numbered(10)) await answerOf(opened.log.publish(topic, message));
        await soon(() => values().length === 20);
        expect(values()).toEqual([...numbered(10), ...numbered(10)].map(({ value }) => value));
      });

      test('hands over no more than a batch at a time', async () => {
        const topic = await freshTopic(opened.log);
        await publishAll(opened.log, topic, numbered(25));
        const { batches, values } = await record(opened.log, { topic, group: freshGroup(), batchSize: 10 });
        await soon(() => values().length === 25);
        batches.forEach(({ messages }) => expect(messages.length).toBeLessThanOrEqual(10));
        expect(values()).toEqual(numbered(25).map(({ value }) => value));
      });

      test('gives each group everything', async () => {
        const topic = await freshTopic(opened.log);
        const one = await record(opened.log, { topic, group: freshGroup() });
        const other = await record(opened.log, { topic, group: freshGroup() });
        await publishAll(opened.log, topic, numbered(5));
        await soon(() => one.values().length === 5 && other.values().length === 5);
      });

      test('handles one batch of a partition at a time, and partitions side by side', async () => {
        const topic = await freshTopic(opened.log, 2);
        const messages = Array.from({ length: 40 }, (_, n) => sampleMessage(String(n), `coupon-${n}`));
        await publishAll(opened.log, topic, messages);
        const both = gate();
        const inHand = new Map<number, number>();
        let most = 0;
        const { values } = await record(opened.log, { topic, group: freshGroup(), batchSize: 3 }, async (batch) => {
          inHand.set(batch.partition, (inHand.get(batch.partition) ?? 0) + 1);
          most = Math.max(most, ...inHand.values());
          // Neither goes on before the other has begun.
          if (inHand.size === 2) both.open();
          await both.opened;
          inHand.set(batch.partition, (inHand.get(batch.partition) ?? 0) - 1);
        });
        await soon(() => new Set(values()).size === 40);
        expect(most).toBe(1);
      });

      test('hands a rejected batch over again, before anything later of its partition', async () => {
        const topic = await freshTopic(opened.log);
        let rejections = 2;
        const { batches } = await record(opened.log, { topic, group: freshGroup(), batchSize: 5 }, async () => {
          if (rejections-- > 0) throw new TypeError('The store is away');
        });
        await publishAll(opened.log, topic, numbered(12));
        await soon(() => batches.at(-1)?.messages.at(-1)?.value === '11');
        expect(batches.slice(0, 3).map(({ messages }) => messages[0]?.offset)).toEqual([0, 0, 0]);
        const handled = batches.slice(2).flatMap(({ messages }) => messages.map(({ offset }) => offset));
        expect(handled).toEqual(numbered(12).map((_, offset) => offset));
      });

      test('does not let a partition in trouble hold up another', async () => {
        const topic = await freshTopic(opened.log, 2);
        const messages = Array.from({ length: 20 }, (_, n) => sampleMessage(String(n), `coupon-${n}`));
        const published = await publishAll(opened.log, topic, messages);
        const healthy = published.filter(({ partition }) => partition === 1).length;
        const done: number[] = [];
        await record(opened.log, { topic, group: freshGroup() }, async ({ partition, messages: batch }) => {
          if (partition === 0) throw new Error('In trouble');
          done.push(...batch.map(({ offset }) => offset));
        });
        await soon(() => done.length === healthy);
      });

      test('survives a handler that throws instead of rejecting', async () => {
        const topic = await freshTopic(opened.log);
        let thrown = false;
        const { values } = await record(opened.log, { topic, group: freshGroup() }, () => {
          if (thrown) return Promise.resolve();
          thrown = true;
          throw new SyntaxError('Unexpected end of JSON input');
        });
        await publishAll(opened.log, topic, numbered(1));
        await soon(() => values().length === 2);
      });
    });

    describe('restarting', () => {
      test('goes on after what was committed', async () => {
        const topic = await freshTopic(opened.log);
        const group = freshGroup();
        await publishAll(opened.log, topic, numbered(10));
        const before = await record(opened.log, { topic, group });
        await soon(() => before.values().length === 10);
        await before.consumer.stop();
        opened = await opened.reopen();
        await publishAll(opened.log, topic, [sampleMessage('after')]);
        const after = await record(opened.log, { topic, group });
        await soon(() => after.values().length > 0);
        expect(after.values()).toEqual(['after']);
      });

      test('hands over again what was not committed', async () => {
        const topic = await freshTopic(opened.log);
        const group = freshGroup();
        await publishAll(opened.log, topic, numbered(10));
        const before = await record(opened.log, { topic, group, batchSize: 4 }, async ({ messages }) => {
          if (messages.some(({ offset }) => offset >= 4)) throw new Error('Not now');
        });
        await soon(() => before.values().includes('4'));
        opened = await opened.reopen();
        const after = await record(opened.log, { topic, group });
        await soon(() => after.values().length === 6);
        expect(after.values()).toEqual(['4', '5', '6', '7', '8', '9']);
      });

      test('stops only when the batch in hand is done and committed', async () => {
        const topic = await freshTopic(opened.log);
        const group = freshGroup();
        const held = gate();
        const { consumer, values } = await record(opened.log, { topic, group }, () => held.opened);
        await publishAll(opened.log, topic, numbered(3));
        await soon(() => values().length > 0);
        const inHand = values().length;
        let stopped = false;
        const stopping = consumer.stop().then(() => {
          stopped = true;
        });
        await publishAll(opened.log, topic, numbered(3));
        expect(stopped).toBe(false);
        held.open();
        await stopping;
        expect(await committedOf(topic, group)).toBe(inHand);
        expect(values()).toHaveLength(inHand);
      });
    });

    describe('sharing', () => {
      const trickle = async (topic: string, count: number) => {
        for (let n = 0; n < count; n++)
          await answerOf(opened.log.publish(topic, sampleMessage(String(n), `coupon-${n}`)));
      };

      test('shares the partitions among the consumers of a group, and moves those of one that stops', async () => {
        const topic = await freshTopic(opened.log, 4);
        const group = freshGroup();
        const one = await record(opened.log, { topic, group });
        const other = await record(opened.log, { topic, group });
        await soon(() => one.assigned().length === 2 && other.assigned().length === 2);
        expect([...one.assigned(), ...other.assigned()].sort()).toEqual([0, 1, 2, 3]);
        await trickle(topic, 40);
        await soon(() => new Set([...one.values(), ...other.values()]).size === 40);
        expect(one.messages().length).toBeGreaterThan(0);
        expect(other.messages().length).toBeGreaterThan(0);

        await one.consumer.stop();
        await soon(() => other.assigned().length === 4);
        const before = one.messages().length;
        await publishAll(
          opened.log,
          topic,
          Array.from({ length: 40 }, (_, n) => sampleMessage(`late-${n}`, `coupon-${n}`)),
        );
        await soon(() => other.values().filter((value) => value.startsWith('late-')).length === 40);
        expect(one.messages()).toHaveLength(before);
      });

      test('gives what a consumer left unhandled to whoever has its partitions next', async () => {
        const topic = await freshTopic(opened.log);
        const group = freshGroup();
        const stuck = await record(opened.log, { topic, group }, () => Promise.reject(new Error('In trouble')));
        await publishAll(opened.log, topic, numbered(3));
        await soon(() => stuck.values().length > 0);
        await stuck.consumer.stop();
        const next = await record(opened.log, { topic, group });
        await soon(() => next.values().length === 3);
        expect(next.values()).toEqual(['0', '1', '2']);
      });
    });

    describe('lag', () => {
      test('counts what a group has not read, and since when', async () => {
        const topic = await freshTopic(opened.log);
        const group = freshGroup();
        await publishAll(opened.log, topic, numbered(5));
        const refusing = await record(opened.log, { topic, group, batchSize: 2 }, async ({ messages }) => {
          if (messages.some(({ offset }) => offset >= 2)) throw new Error('Not now');
        });
        await soon(async () => (await committedOf(topic, group)) === 2);
        const third = (await everything(opened.log, topic, 1))[2];
        const lag = { partition: 0, head: 5, committed: 2, oldestUnprocessedAt: third?.loggedAt };
        expect(await answerOf(opened.log.lag(topic, group))).toEqual([lag]);
        await refusing.consumer.stop();

        await record(opened.log, { topic, group });
        const none = { partition: 0, head: 5, committed: 5, oldestUnprocessedAt: null };
        await soon(async () => expect(await answerOf(opened.log.lag(topic, group))).toEqual([none]));
      });

      test('is everything for a group that never read', async () => {
        const topic = await freshTopic(opened.log);
        await publishAll(opened.log, topic, numbered(3));
        const [lag] = await answerOf(opened.log.lag(topic, freshGroup()));
        expect(lag).toMatchObject({ head: 3, committed: 0 });
      });
    });
  });
};
