import { either as E } from 'fp-ts';
import { openMessageLog } from '../../../../src/adapters/embedded/message-log/open-message-log.js';
import { answerOf } from '../../../support/answer-of.js';
import { openedDirectory } from '../../../support/embedded.js';
import { sampleMessage } from '../../../support/message-samples.js';

/** Publishes until it is refused, and says why and how far it came. */
const data = await openedDirectory(process.argv[2] ?? '');
const reasons: string[] = [];
const log = openMessageLog(data.root, { onFailure: (error) => void reasons.push(String(error)) });
await answerOf(log.ensureTopics([{ name: 'requests', partitions: 1, retentionSeconds: 604_800 }]));
let acknowledged = 0;
for (;;) {
  const published = await log.publish('requests', sampleMessage('x'.repeat(20_000)))();
  if (E.isLeft(published)) {
    console.log(JSON.stringify({ answer: published.left, reason: reasons[0], acknowledged }));
    break;
  }
  acknowledged++;
}
await log.close();
await data.close();
