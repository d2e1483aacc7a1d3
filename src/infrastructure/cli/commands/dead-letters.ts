import { type Command, Option } from 'commander';
import { z } from 'zod';
import { encoded, get, post } from '../admin-client.js';
import { commandTopics } from '../../../application/kernel/messaging/topics.js';
import { ask, noOptions, operate, reasonGiven, withReason } from '../command.js';
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

const checkReplay = (
  { topic, rate, limit }: z.infer<typeof replayed>,
  [id]: ReadonlyArray<string | undefined>,
): void => {
  if ((id !== undefined) === (topic !== undefined))
    throw new WrongUsage('Name the id of one dead letter, or --topic for those of a topic');
  if (topic === undefined && (rate ?? limit) !== undefined)
    throw new WrongUsage('--rate and --limit are for those of a topic: name --topic');
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
    filters: ['topic'],
    item: deadLetter,
    head: ['id', 'topic', 'reason'],
    row: ({ id, topic, failureReason }) => [id, topic, failureReason],
    none: () => 'No dead letters',
  });

  ask(letters.command('show <id>').description('one dead letter in full'), {
    options: noOptions,
    answer: z.unknown(),
    call: ([id]) => get(`/admin/dead-letters/${encoded(id)}`),
    text: fields,
  });

  const replay = letters
    .command('replay [id]')
    .description('process one again, or those of a topic')
    .addOption(new Option('--topic <topic>', 'those of this topic, the oldest first').choices(commandTopics))
    .option('--dry-run', 'only say what would be replayed')
    .option('--rate <n>', 'with --topic: messages a second', positiveNumber(100_000))
    .option('--limit <n>', 'with --topic: at most this many (default: 100)', wholeNumber());
  operate(
    withReason(replay),
    replayed,
    async (call, { terminal, given, args: [id] }) => {
      const { topic, dryRun = false, rate, limit, reason } = given;
      const answer =
        topic === undefined
          ? await call(post(`/admin/dead-letters/${encoded(id)}/replay`, { dryRun, reason }))
          : await progressOn(terminal, `Replaying ${topic}`, (onProgress) =>
              call({ ...post('/admin/dead-letters/replay', { topic, dryRun, rate, limit, reason }), onProgress }),
            );
      terminal.print(answer, () => `${fields(answer)}\n${whatItLedTo(answer)}`);
      return isAsMeant(answer) ? 'done' : 'failed';
    },
    checkReplay,
  );

  const discard = letters
    .command('discard <id>')
    .description('give up a dead letter for good')
    .requiredOption('--reason <reason>', 'why; recorded with it');
  ask(discard, {
    options: reasonGiven,
    answer: z.unknown(),
    call: ([id], said) => post(`/admin/dead-letters/${encoded(id)}/discard`, said),
    text: (_, [id]) => `${id} is discarded`,
  });
};
