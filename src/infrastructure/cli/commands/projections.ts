import { type Command } from 'commander';
import { z } from 'zod';
import { encoded } from '../admin-client.js';
import { operate, type Outcome, withSharedOptions } from '../command.js';
import { progressOn } from '../progress.js';
import { type Reached } from '../reach-server.js';
import { table, type Terminal } from '../terminal.js';

const status = z.looseObject({
  view: z.string(),
  version: z.number(),
  state: z.string(),
  live: z.object({ build: z.number() }).nullable(),
  checkpoint: z.number(),
  lag: z.object({ events: z.number(), exact: z.boolean(), ageMs: z.number() }),
  trouble: z.object({ reason: z.string() }).nullable(),
});
type Status = z.infer<typeof status>;
const differences = z.looseObject({ documents: z.number(), differing: z.number() });
const rebuilt = z.looseObject({
  build: z.object({ build: z.number() }),
  events: z.number(),
  comparison: differences.nullable(),
});
const verified = differences.extend({ verdict: z.enum(['PASS', 'FAIL']), events: z.number() });

const shown = (items: ReadonlyArray<Status>): string =>
  table(
    ['projection', 'version', 'build', 'state', 'checkpoint', 'behind', 'trouble'],
    items.map(({ view, version, live, state, checkpoint, lag, trouble }) => [
      view,
      version,
      live?.build ?? '–',
      state,
      checkpoint,
      lag.events === 0 ? '–' : `${lag.events}${lag.exact ? '' : '+'} events, ${lag.ageMs} ms`,
      trouble?.reason ?? '–',
    ]),
  );

const isStuck = ({ state }: Status): boolean => state === 'STUCK' || state === 'NOT_BUILT';

/** `projections list|status|rebuild|verify`: read models, and whether they are what the events say. */
export const projectionCommands = (program: Command): void => {
  const projections = program.command('projections').description('read models: list, rebuild and verify them');

  const showAll = async ({ call }: Reached, { print }: Terminal): Promise<Outcome> => {
    const { items } = z
      .object({ items: z.array(status) })
      .parse(await call({ method: 'GET', path: '/admin/projections' }));
    print(items, () => shown(items));
    return items.some(isStuck) ? 'failed' : 'done';
  };

  withSharedOptions(
    projections.command('list').description('all projections; fails if one is stuck or not built'),
  ).action(operate(showAll));

  withSharedOptions(projections.command('status [name]').description('one projection, or all of them')).action(
    operate(async (server, terminal, [name]) => {
      if (name === undefined) return showAll(server, terminal);
      const one = status.parse(await server.call({ method: 'GET', path: `/admin/projections/${encoded(name)}` }));
      terminal.print(one, () => shown([one]));
      return isStuck(one) ? 'failed' : 'done';
    }),
  );

  withSharedOptions(
    projections
      .command('rebuild <name>')
      .description('build a new version while readers use the old one, then switch over')
      .option('--verify', 'compare both versions before the switch; fails if they differ'),
  ).action(
    operate(async ({ call }, terminal, [name, options]) => {
      const { verify = false } = z.object({ verify: z.boolean().optional() }).parse(options);
      const path = `/admin/projections/${encoded(name)}/rebuild`;
      const answer = await progressOn(terminal, `Rebuilding ${name}`, (onProgress) =>
        call({ method: 'POST', path, body: { verify }, onProgress }),
      );
      const { build, events, comparison } = rebuilt.parse(answer);
      const compared =
        comparison === null ? '' : `, ${comparison.differing} of ${comparison.documents} documents differed`;
      terminal.print(answer, () => `${name}: build ${build.build} is live, ${events} events folded${compared}`);
      return comparison !== null && comparison.differing > 0 ? 'failed' : 'done';
    }),
  );

  withSharedOptions(
    projections.command('verify <name>').description('compare the documents with those computed again from the events'),
  ).action(
    operate(async ({ call }, terminal, [name]) => {
      const path = `/admin/projections/${encoded(name)}/verify`;
      const answer = await progressOn(terminal, `Verifying ${name}`, (onProgress) =>
        call({ method: 'GET', path, onProgress }),
      );
      const { verdict, documents, differing, events } = verified.parse(answer);
      terminal.print(
        answer,
        () =>
          `${verdict} ${name}: ${documents} documents compared with a fresh fold of ${events} events, ${differing} differ`,
      );
      return verdict === 'PASS' ? 'done' : 'failed';
    }),
  );
};
