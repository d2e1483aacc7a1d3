import { type Command } from 'commander';
import { z } from 'zod';
import { CallFailed } from '../admin-client.js';
import { operate, withSharedOptions } from '../command.js';
import { pageQuery } from '../paging.js';
import { progressOn } from '../progress.js';
import { table } from '../terminal.js';

const deadLetter = z.looseObject({ id: z.string(), topic: z.string(), failureReason: z.string() });
const page = z.object({ items: z.array(deadLetter), nextCursor: z.string().nullable() });

const replayed = z.object({
  topic: z.string().optional(),
  dryRun: z.boolean().optional(),
  rate: z.coerce.number().positive().optional(),
  limit: z.coerce.number().int().positive().optional(),
  reason: z.string(),
});

const fields = (answer: unknown): string =>
  table(
    ['', ''],
    Object.entries(Object(answer)).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

/** `dead-letters list|show|replay|discard`: messages that were set aside, and what becomes of them. */
export const deadLetterCommands = (program: Command): void => {
  const letters = program.command('dead-letters').description('messages set aside: see, replay or discard them');

  withSharedOptions(
    letters
      .command('list')
      .description('those waiting for a decision')
      .option('--topic <topic>', 'only those of one topic')
      .option('--limit <n>', 'at most so many', '50')
      .option('--cursor <cursor>', 'of the page before'),
  ).action(
    operate(async ({ call }, { print }, [options]) => {
      const query = pageQuery(options, { topic: z.string().optional() });
      const found = page.parse(await call({ method: 'GET', path: `/admin/dead-letters?${query}` }));
      print(found, () =>
        found.items.length === 0
          ? 'No dead letters'
          : [
              table(
                ['id', 'topic', 'reason'],
                found.items.map(({ id, topic, failureReason }) => [id, topic, failureReason]),
              ),
              ...(found.nextCursor === null ? [] : [`more: --cursor ${found.nextCursor}`]),
            ].join('\n'),
      );
      return 'done';
    }),
  );

  withSharedOptions(letters.command('show <id>').description('one of them, whole')).action(
    operate(async ({ call }, { print }, [id]) => {
      const answer = await call({ method: 'GET', path: `/admin/dead-letters/${id}` });
      print(answer, () => fields(answer));
      return 'done';
    }),
  );

  withSharedOptions(
    letters
      .command('replay [id]')
      .description('put one back where it came from, or all of a topic')
      .option('--topic <topic>', 'all of this topic')
      .option('--dry-run', 'only say what would be replayed')
      .option('--rate <n>', 'messages a second')
      .option('--limit <n>', 'at most so many')
      .option('--reason <reason>', 'recorded with it', 'none given'),
  ).action(
    operate(async ({ call }, terminal, [id, options]) => {
      const { topic, dryRun = false, rate, limit, reason } = replayed.parse(options);
      if ((typeof id === 'string') === (topic !== undefined)) throw new CallFailed('Name an id, or --topic');
      const answer =
        topic === undefined
          ? await call({ method: 'POST', path: `/admin/dead-letters/${id}/replay`, body: { dryRun, reason } })
          : await progressOn(terminal, `Replaying ${topic}`, (onProgress) =>
              call({
                method: 'POST',
                path: '/admin/dead-letters/replay',
                body: { topic, dryRun, rate, limit, reason },
                onProgress,
              }),
            );
      terminal.print(answer, () => fields(answer));
      return 'done';
    }),
  );

  withSharedOptions(
    letters
      .command('discard <id>')
      .description('give one up')
      .requiredOption('--reason <reason>', 'why; recorded with it'),
  ).action(
    operate(async ({ call }, { print }, [id, options]) => {
      const { reason } = z.object({ reason: z.string() }).parse(options);
      const answer = await call({ method: 'POST', path: `/admin/dead-letters/${id}/discard`, body: { reason } });
      print(answer, () => `${id} is discarded`);
      return 'done';
    }),
  );
};
