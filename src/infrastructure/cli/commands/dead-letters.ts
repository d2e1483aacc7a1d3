import { type Command, Option } from 'commander';
import { z } from 'zod';
import { encoded } from '../admin-client.js';
import { commandTopics } from '../../../application/kernel/messaging/consumer-groups.js';
import { ask, operate, withSharedOptions } from '../command.js';
import { WrongUsage } from '../failures.js';
import { positiveNumber, wholeNumber } from '../option-values.js';
import { listing } from '../paging.js';
import { progressOn } from '../progress.js';
import { table } from '../terminal.js';

const deadLetter = z.looseObject({ id: z.string(), topic: z.string(), failureReason: z.string() });

const replayed = z.object({
  topic: z.string().optional(),
  dryRun: z.boolean().optional(),
  rate: z.number().optional(),
  limit: z.number().optional(),
  reason: z.string(),
});

const checkReplay = ([id, options]: ReadonlyArray<unknown>): void => {
  const { topic, rate, limit } = replayed.parse(options);
  if ((typeof id === 'string') === (topic !== undefined))
    throw new WrongUsage('Name the id of one dead letter, or --topic for all of a topic');
  if (topic === undefined && (rate ?? limit) !== undefined)
    throw new WrongUsage('--rate and --limit are for all of a topic: name --topic');
};

const replayAnswer = z.looseObject({
  outcome: z.enum(['CHANGED', 'UNCHANGED', 'UNDECIDED']).optional(),
  unchanged: z.array(z.string()).default([]),
  undecided: z.array(z.string()).default([]),
  failed: z.array(z.unknown()).default([]),
});

/** Of a replay that changed nothing, or has not been decided, there is something left to do. */
const isAsMeant = (answer: unknown): boolean => {
  const { outcome = 'CHANGED', unchanged, undecided, failed } = replayAnswer.parse(answer);
  return outcome === 'CHANGED' && unchanged.length + undecided.length + failed.length === 0;
};

const whatItLedTo = (answer: unknown): string => {
  const { outcome, unchanged, undecided } = replayAnswer.parse(answer);
  if (outcome === 'UNCHANGED' || unchanged.length > 0)
    return 'The replay changed nothing: the message still cannot be processed, or it already has a final answer.';
  if (outcome === 'UNDECIDED' || undecided.length > 0)
    return 'The replayed message is not decided yet: look again after a worker has processed it.';
  return '';
};

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
  const letters = program
    .command('dead-letters')
    .description('messages that could not be processed: show, replay or discard them');

  const list = letters
    .command('list')
    .description('dead letters that are neither replayed nor discarded')
    .addOption(new Option('--topic <topic>', 'only those of one topic').choices(commandTopics));
  listing(list, {
    path: () => '/admin/dead-letters',
    filters: { topic: z.string().optional() },
    item: deadLetter,
    head: ['id', 'topic', 'reason'],
    row: ({ id, topic, failureReason }) => [id, topic, failureReason],
    none: () => 'No dead letters',
  });

  withSharedOptions(letters.command('show <id>').description('one dead letter in full')).action(
    ask(z.unknown(), (id) => ({ method: 'GET', path: `/admin/dead-letters/${encoded(id)}` }), fields),
  );

  withSharedOptions(
    letters
      .command('replay [id]')
      .description('process one again, or all of a topic')
      .addOption(new Option('--topic <topic>', 'all of this topic').choices(commandTopics))
      .option('--dry-run', 'only say what would be replayed')
      .option('--rate <n>', 'with --topic: messages a second', positiveNumber(100_000))
      .option('--limit <n>', 'with --topic: at most this many', wholeNumber())
      .option('--reason <reason>', 'recorded with it', 'none given'),
  ).action(
    operate(async ({ call }, terminal, [id, options]) => {
      const { topic, dryRun = false, rate, limit, reason } = replayed.parse(options);
      const answer =
        topic === undefined
          ? await call({ method: 'POST', path: `/admin/dead-letters/${encoded(id)}/replay`, body: { dryRun, reason } })
          : await progressOn(terminal, `Replaying ${topic}`, (onProgress) =>
              call({
                method: 'POST',
                path: '/admin/dead-letters/replay',
                body: { topic, dryRun, rate, limit, reason },
                onProgress,
              }),
            );
      terminal.print(answer, () => `${fields(answer)}\n${whatItLedTo(answer)}`);
      return isAsMeant(answer) ? 'done' : 'failed';
    }, checkReplay),
  );

  withSharedOptions(
    letters
      .command('discard <id>')
      .description('give up a dead letter for good')
      .requiredOption('--reason <reason>', 'why; recorded with it'),
  ).action(
    ask(
      z.unknown(),
      (id, options) => ({
        method: 'POST',
        path: `/admin/dead-letters/${encoded(id)}/discard`,
        body: z.object({ reason: z.string() }).parse(options),
      }),
      (_, id) => `${id} is discarded`,
    ),
  );
};
