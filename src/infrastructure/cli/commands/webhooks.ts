import { type Command } from 'commander';
import { z } from 'zod';
import { ask, operate, withSharedOptions } from '../command.js';
import { encoded } from '../admin-client.js';
import { hours } from '../option-values.js';
import { listing } from '../paging.js';
import { table } from '../terminal.js';

const failure = z.looseObject({ failure: z.string(), attempts: z.number(), eventType: z.string() });
const endpoint = z.looseObject({
  endpointId: z.string(),
  url: z.string(),
  status: z.string(),
  lagMs: z.number(),
  pausedBecause: z.string().nullable(),
  problem: z.string().nullish(),
  lastFailure: failure.nullable(),
  lastDeadLetter: failure.nullable(),
});
const endpoints = z.object({ items: z.array(endpoint) });
const secret = z.object({ secret: z.string() });
const tested = z.object({ failure: z.string().nullable() });
const retried = z.object({ retried: z.number() });
const letter = failure.extend({ messageId: z.string(), lastAttemptAt: z.string() });
const said = z.object({
  reason: z.string().optional(),
  types: z.array(z.string()).optional(),
  since: z.string().optional(),
  until: z.string().optional(),
  overlapHours: z.number().optional(),
});

const MOST_OVERLAP_HOURS = 168;
const AT = '/admin/webhooks';
const at = (id: unknown, step = ''): string => `${AT}/${encoded(id)}${step}`;
const rowOf = ({ endpointId, url, status, lagMs, ...rest }: z.infer<typeof endpoint>) => [
  endpointId,
  url,
  status,
  `${Math.round(lagMs / 1_000)} s`,
  (rest.problem === 'KEYS_SECRET_MISSING' ? 'no KEYS_SECRET: nothing is delivered' : null) ??
    rest.pausedBecause ??
    rest.lastFailure?.failure ??
    (rest.lastDeadLetter && `dead: ${rest.lastDeadLetter.failure}`) ??
    '',
];
const HEAD = ['endpoint', 'url', 'state', 'behind', 'why'];

/** `webhooks …`: endpoints that events are delivered to. */
export const webhookCommands = (program: Command): void => {
  const webhooks = program.command('webhooks').description('endpoints that events are delivered to');
  const withReason = (command: Command): Command =>
    withSharedOptions(command.option('--reason <reason>', 'recorded with it', 'none given'));

  withSharedOptions(webhooks.command('list').description('all endpoints, and how each fares')).action(
    ask(
      endpoints,
      () => ({ method: 'GET', path: AT }),
      ({ items }) => (items.length === 0 ? 'There is no endpoint' : table(HEAD, items.map(rowOf))),
    ),
  );

  withReason(
    webhooks
      .command('create <url>')
      .description('deliver events to an endpoint from now on; prints its secret')
      .option('--types <types...>', 'only these event types, like COUPON_ISSUED'),
  ).action(
    operate(async ({ call }, { print }, [url, options]) => {
      const { reason, types: eventTypes } = said.parse(options);
      const body = { url, reason, ...(eventTypes && { eventTypes }) };
      const made = endpoint.parse(await call({ method: 'POST', path: AT, body }));
      const shown = secret.parse(await call({ method: 'GET', path: at(made.endpointId, '/secret') }));
      print({ ...made, ...shown }, () => `${made.endpointId} with the secret ${shown.secret}`);
      return 'done';
    }),
  );

  withSharedOptions(webhooks.command('secret <endpoint>').description('print the newest secret; recorded')).action(
    ask(
      secret,
      (id) => ({ method: 'GET', path: at(id, '/secret') }),
      (shown) => shown.secret,
    ),
  );

  withReason(
    webhooks
      .command('rotate <endpoint>')
      .description('sign with a new secret, and for a while with the old one as well')
      .option('--overlap-hours <hours>', 'how long the old one signs, at most a week', hours(MOST_OVERLAP_HOURS), 24),
  ).action(
    operate(async ({ call }, { print }, [id, options]) => {
      const { reason, overlapHours = 24 } = said.parse(options);
      const body = { reason, overlapMs: Math.round(overlapHours * 3_600_000) };
      await call({ method: 'POST', path: at(id, '/rotate-secret'), body });
      const shown = secret.parse(await call({ method: 'GET', path: at(id, '/secret') }));
      print(shown, () => shown.secret);
      return 'done';
    }),
  );

  for (const [name, paused, description] of [
    ['pause', true, 'send nothing until it is resumed; nothing is lost'],
    ['resume', false, 'go on where it was paused'],
  ] as const)
    withReason(webhooks.command(`${name} <endpoint>`).description(description)).action(
      ask(
        endpoint,
        (id, options) => ({ method: 'PATCH', path: at(id), body: { paused, reason: said.parse(options).reason } }),
        (changed) => table(HEAD, [rowOf(changed)]),
      ),
    );

  withReason(webhooks.command('delete <endpoint>').description('what it has not got yet is given up')).action(
    operate(async ({ call }, { print }, [id, options]) => {
      const { reason = 'none given' } = said.parse(options);
      const path = `${at(id)}?${new URLSearchParams({ reason, actor: 'cli' })}`;
      print(await call({ method: 'DELETE', path }), () => `${String(id)} is deleted`);
      return 'done';
    }),
  );

  withSharedOptions(webhooks.command('test <endpoint>').description('send a message of type TEST now')).action(
    operate(async ({ call }, { print }, [id]) => {
      const answer = tested.parse(await call({ method: 'POST', path: at(id, '/test'), body: {} }));
      print(answer, () => (answer.failure === null ? 'The receiver took it' : `Not delivered: ${answer.failure}`));
      return answer.failure === null ? 'done' : 'failed';
    }),
  );

  withReason(
    webhooks
      .command('replay <endpoint>')
      .description('deliver everything again since a time, or between two')
      .requiredOption('--since <time>', 'ISO-8601 with a zone')
      .option('--until <time>', 'only what was recorded before'),
  ).action(
    ask(
      endpoint,
      (id, options) => {
        const { reason, since, until } = said.parse(options);
        return { method: 'POST', path: at(id, '/replay'), body: { since, reason, until } };
      },
      (changed) => table(HEAD, [rowOf(changed)]),
    ),
  );

  listing(webhooks.command('dead-letters <endpoint>').description('messages that were given up'), {
    path: (id) => at(id, '/dead-letters'),
    item: letter,
    head: ['message', 'type', 'why', 'last attempt'],
    row: ({ messageId, eventType, failure: why, lastAttemptAt }) => [messageId, eventType, why, lastAttemptAt],
    none: () => 'None',
    usual: 100,
  });

  withReason(webhooks.command('retry <endpoint>').description('try its dead letters again, the latest 100')).action(
    ask(
      retried,
      (id, options) => ({
        method: 'POST',
        path: at(id, '/dead-letters/retry'),
        body: { reason: said.parse(options).reason },
      }),
      (answer) => `${answer.retried} are tried again`,
    ),
  );
};
