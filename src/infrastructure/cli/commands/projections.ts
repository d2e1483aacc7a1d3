import { type Command } from 'commander';
import { z } from 'zod';
import { encoded, get, post } from '../admin-client.js';
import { ask, type Asking, noOptions } from '../command.js';
import { table } from '../terminal.js';

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
  build: z.looseObject({ build: z.number() }),
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

const AT = '/admin/projections';
const isStuck = ({ state }: Status): boolean => state === 'STUCK' || state === 'NOT_BUILT';

/** `projections list|status|rebuild|verify`: read models, and whether they are what the events say. */
export const projectionCommands = (program: Command): void => {
  const projections = program.command('projections').description('read models: list, rebuild and verify them');

  const looking = {
    options: noOptions,
    answer: z.union([z.object({ items: z.array(status) }).transform(({ items }) => items), status]),
    call: ([name]) => get(name === undefined ? AT : `${AT}/${encoded(name)}`),
    text: (found) => shown([found].flat()),
    isBad: (found) => [found].flat().some(isStuck),
  } satisfies Asking<object, Status | Status[]>;
  ask(projections.command('list').description('all projections; fails if one is stuck or not built'), looking);
  ask(projections.command('status [name]').description('one projection, or all of them'), looking);

  const rebuild = projections
    .command('rebuild <name>')
    .description('build a new version while readers use the old one, then switch over')
    .option('--verify', 'compare both versions before the switch; fails if they differ');
  ask(rebuild, {
    options: z.object({ verify: z.boolean().default(false) }),
    answer: rebuilt,
    call: ([name], given) => post(`${AT}/${encoded(name)}/rebuild`, given),
    label: ([name]) => `Rebuilding ${name}`,
    text: ({ build, events, comparison }, [name]) => {
      const compared =
        comparison === null ? '' : `, ${comparison.differing} of ${comparison.documents} documents differed`;
      return `${name}: build ${build.build} is live, ${events} events folded${compared}`;
    },
    isBad: ({ comparison }) => comparison !== null && comparison.differing > 0,
  });

  const verify = projections
    .command('verify <name>')
    .description('compare the documents with those computed again from the events');
  ask(verify, {
    options: noOptions,
    answer: verified,
    call: ([name]) => get(`${AT}/${encoded(name)}/verify`),
    label: ([name]) => `Verifying ${name}`,
    text: ({ verdict, documents, differing, events }, [name]) =>
      `${verdict} ${name}: ${documents} documents compared with a fresh fold of ${events} events, ${differing} differ`,
    isBad: ({ verdict }) => verdict === 'FAIL',
  });
};
