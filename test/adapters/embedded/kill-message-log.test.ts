import { openMessageLog } from '../../../src/adapters/embedded/message-log/open-message-log.js';
import { openedDirectory } from '../../support/embedded.js';
import { answerOf } from '../../support/answer-of.js';
import { eventually } from '../../support/eventually.js';
import { everything } from '../../support/message-samples.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDirectory = tempDirs();
const child = new URL('./children/publish-until-killed.ts', import.meta.url);
const topic = 'requests';
const group = 'deciders';

const after = async (directory: string) => {
  const { root, close } = await openedDirectory(directory);
  const log = openMessageLog(root);
  const messages = await everything(log, topic, 3);
  const lag = await answerOf(log.lag(topic, group));
  await log.close();
  await close();
  return { messages, lag };
};

it('has every message it answered for after each of several kills, and no group falls back', async () => {
  const directory = newDirectory();
  const published: string[] = [];
  const highest = [0, 0, 0];
  for (let cycle = 0; cycle < 4; cycle++) {
    const { process: victim, lines, ended } = startTypescript(child, [directory, topic, group]);
    await eventually(() => lines().length > 1_500 + cycle * 431);
    victim.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const said = lines().map((line) => line.split(' '));
    published.push(...lines().filter((line) => line.startsWith('published')));

    // Work goes on where the group stood, so nothing committed is handled again and nothing is left out.
    const starts = [0, 1, 2].map((partition) =>
      Number(said.find(([what, of]) => what === 'handled' && of === String(partition))?.[2] ?? NaN),
    );
    starts.forEach((start, partition) => expect(start).toBe(highest[partition]));

    for (const [what, of, offset] of said)
      if (what === 'committed') highest[Number(of)] = Math.max(highest[Number(of)] ?? 0, Number(offset));
    const { messages, lag } = await after(directory);
    const there = new Set(messages.map(({ partition, offset, value }) => `published ${partition} ${offset} ${value}`));
    expect(published.filter((line) => !there.has(line))).toEqual([]);
    for (const { partition, committed, head } of lag) {
      expect(committed).toBeGreaterThanOrEqual(highest[partition] ?? 0);
      expect(committed).toBeLessThanOrEqual(head);
      highest[partition] = committed;
      const offsets = messages.filter((message) => message.partition === partition).map(({ offset }) => offset);
      expect(offsets).toEqual(offsets.map((_, index) => index));
    }
  }
});
