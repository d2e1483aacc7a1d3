import { type Command } from 'commander';
import { z } from 'zod';
import { get, post } from '../admin-client.js';
import { ask, noOptions, reasonGiven, withReason } from '../command.js';
import { table } from '../terminal.js';

const parked = z.object({
  items: z.array(
    z.looseObject({ consumer: z.string(), streamId: z.string(), reason: z.string(), parkedAt: z.string() }),
  ),
});

/** `parked list|release`: streams that some consumer skips, because it cannot read them. */
export const parkedCommands = (program: Command): void => {
  const streams = program
    .command('parked')
    .description('streams that a consumer cannot read and skips: list them, release them');

  ask(streams.command('list').description('which consumer skips which stream, and why'), {
    options: noOptions,
    answer: parked,
    call: () => get('/admin/parked-streams'),
    text: ({ items }) => {
      const rows = items.map((one) => [one.consumer, one.streamId, one.reason, one.parkedAt]);
      return rows.length === 0 ? 'No stream is parked' : table(['consumer', 'stream', 'reason', 'since'], rows);
    },
  });

  const release = streams
    .command('release <consumer> <streamId>')
    .description('let the consumer read the stream again, after the cause is fixed');
  ask(withReason(release), {
    options: reasonGiven,
    answer: z.unknown(),
    call: ([consumer, streamId], said) => post('/admin/parked-streams/release', { consumer, streamId, ...said }),
    text: (_, [consumer, streamId]) => `${streamId}: ${consumer} reads it again`,
  });
};
