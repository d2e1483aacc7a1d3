import { type Command } from 'commander';
import { z } from 'zod';
import { ask, withSharedOptions } from '../command.js';
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

  withSharedOptions(streams.command('list').description('which consumer skips which stream, and why')).action(
    ask(
      parked,
      () => ({ method: 'GET', path: '/admin/parked-streams' }),
      ({ items }) => {
        const rows = items.map((one) => [one.consumer, one.streamId, one.reason, one.parkedAt]);
        return rows.length === 0 ? 'No stream is parked' : table(['consumer', 'stream', 'reason', 'since'], rows);
      },
    ),
  );

  withSharedOptions(
    streams
      .command('release <consumer> <streamId>')
      .description('let the consumer read the stream again, after the cause is fixed')
      .option('--reason <reason>', 'recorded with it', 'none given'),
  ).action(
    ask(
      z.unknown(),
      (consumer, streamId, options) => {
        const { reason } = z.object({ reason: z.string() }).parse(options);
        return { method: 'POST', path: '/admin/parked-streams/release', body: { consumer, streamId, reason } };
      },
      (_, consumer, streamId) => `${String(streamId)}: ${String(consumer)} reads it again`,
    ),
  );
};
