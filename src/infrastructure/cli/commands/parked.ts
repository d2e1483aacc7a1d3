import { type Command } from 'commander';
import { z } from 'zod';
import { operate, withSharedOptions } from '../command.js';
import { table } from '../terminal.js';

const parked = z.object({
  items: z.array(
    z.looseObject({ consumer: z.string(), streamId: z.string(), reason: z.string(), parkedAt: z.number() }),
  ),
});

/** `parked list|release`: streams that some consumer skips, because it cannot read them. */
export const parkedCommands = (program: Command): void => {
  const streams = program
    .command('parked')
    .description('streams that a consumer cannot read and skips: list them, release them');

  withSharedOptions(streams.command('list').description('which consumer skips which stream, and why')).action(
    operate(async ({ call }, { print }) => {
      const found = parked.parse(await call({ method: 'GET', path: '/admin/parked-streams' }));
      print(found, () =>
        found.items.length === 0
          ? 'No stream is parked'
          : table(
              ['consumer', 'stream', 'reason', 'since'],
              found.items.map(({ consumer, streamId, reason, parkedAt }) => [
                consumer,
                streamId,
                reason,
                new Date(parkedAt).toISOString(),
              ]),
            ),
      );
      return 'done';
    }),
  );

  withSharedOptions(
    streams
      .command('release <consumer> <streamId>')
      .description('let the consumer read the stream again, after the cause is fixed')
      .option('--reason <reason>', 'recorded with it', 'none given'),
  ).action(
    operate(async ({ call }, { print }, [consumer, streamId, options]) => {
      const { reason } = z.object({ reason: z.string() }).parse(options);
      const body = { consumer, streamId, reason };
      const answer = await call({ method: 'POST', path: '/admin/parked-streams/release', body });
      print(answer, () => `${String(streamId)}: ${String(consumer)} reads it again`);
      return 'done';
    }),
  );
};
