import { readStreamCount } from '../../../support/read-stream-count.js';
import { openEventStore } from '../../../../src/adapters/embedded/event-store/open-event-store.js';
import { sampleEvent } from '../../../support/event-samples.js';
import { openedDirectory } from '../../../support/embedded.js';

/** Appends until the disk is full, then says what was answered, why, and what can still be read. */
const [, , directory = ''] = process.argv;
let reason = '';
const opened = await openedDirectory(directory);
const { store, feed, close } = openEventStore(opened.root, { onFailure: (error) => (reason = String(error)) });

let last = -1;
let answer = await store.append('s', last, [sampleEvent(0, 'x'.repeat(20_000))])();
while (answer._tag === 'Right') {
  last = answer.right.revision;
  answer = await store.append('s', last, [sampleEvent(last + 1, 'x'.repeat(20_000))])();
}
const head = await feed.head()();
const readable = await readStreamCount(store, 's');
console.log(JSON.stringify({ answer: answer.left, reason, acknowledged: last + 1, readable, head }));
await close();
await opened.close();
