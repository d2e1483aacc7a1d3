// Publishes, consumes and tells of both on standard output until it is killed.
import { either as E } from 'fp-ts';
import { openMessageLog } from '../../../../src/adapters/embedded/message-log/open-message-log.js';
import { openDataDirectory } from '../../../../src/adapters/embedded/environment/index.js';

const [directory = '', topic = '', group = ''] = process.argv.slice(2);
const opened = await openDataDirectory(directory)();
if (E.isLeft(opened)) throw new Error(opened.left.code);
const log = openMessageLog(opened.right.root);
await log.ensureTopics([{ name: topic, partitions: 3, retentionSeconds: 604_800 }])();
const say = (line: string) => void process.stdout.write(`${line}\n`);

await log.subscribe({
  topic,
  group,
  batchSize: 20,
  handle: async ({ partition, messages }) => {
    say(`handled ${partition} ${messages[0]?.offset} ${messages.at(-1)?.offset}`);
    const lag = await log.lag(topic, group)();
    if (E.isRight(lag)) for (const one of lag.right) say(`committed ${one.partition} ${one.committed}`);
  },
})();

const publishing = async (publisher: number): Promise<never> => {
  for (let n = 0; ; n++) {
    const value = `${process.pid}-${publisher}-${n}`;
    const published = await log.publish(topic, { key: `coupon-${publisher}`, value, headers: {} })();
    if (E.isRight(published)) say(`published ${published.right.partition} ${published.right.offset} ${value}`);
  }
};
await Promise.all(Array.from({ length: 30 }, (_, publisher) => publishing(publisher)));
