import { type Command } from 'commander';
import { z } from 'zod';
import { encoded, get, post } from '../admin-client.js';
import { ask, noOptions, operate, reasonGiven, withReason } from '../command.js';
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

  ask(webhooks.command('list').description('all endpoints, and how each fares'), {
    options: noOptions,
    answer: endpoints,
    call: () => get(AT),
    text: ({ items }) => (items.length === 0 ? 'There is no endpoint' : table(HEAD, items.map(rowOf))),
  });

  const create = webhooks
    .command('create <url>')
    .description('deliver events to an endpoint from now on; prints its secret')
    .option('--types <types...>', 'only these event types, like COUPON_ISSUED');
  const wanted = reasonGiven.extend({ types: z.array(z.string()).optional() });
  operate(withReason(create), wanted, async (call, { terminal, given: { reason, types: eventTypes }, args: [url] }) => {
    const made = endpoint.parse(await call(post(AT, { url, reason, ...(eventTypes && { eventTypes }) })));
    const shown = secret.parse(await call(get(at(made.endpointId, '/secret'))));
    terminal.print({ ...made, ...shown }, () => `${made.endpointId} with the secret ${shown.secret}`);
    return 'done';
  });

  ask(webhooks.command('secret <endpoint>').description('print the newest secret; recorded'), {
    options: noOptions,
    answer: secret,
    call: ([id]) => get(at(id, '/secret')),
    text: (shown) => shown.secret,
  });

  const rotate = webhooks
    .command('rotate <endpoint>')
    .description('sign with a new secret, and for a while with the old one as well')
    .option('--overlap-hours <hours>', 'how long the old one signs, at most a week', hours(MOST_OVERLAP_HOURS), 24);
  const overlapping = reasonGiven.extend({ overlapHours: z.number() });
  operate(withReason(rotate), overlapping, async (call, { terminal, given: { reason, overlapHours }, args: [id] }) => {
    await call(post(at(id, '/rotate-secret'), { reason, overlapMs: Math.round(overlapHours * 3_600_000) }));
    const shown = secret.parse(await call(get(at(id, '/secret'))));
    terminal.print(shown, () => shown.secret);
    return 'done';
  });

  for (const [name, paused, description] of [
    ['pause', true, 'send nothing until it is resumed; nothing is lost'],
    ['resume', false, 'go on where it was paused'],
  ] as const)
    ask(withReason(webhooks.command(`${name} <endpoint>`).description(description)), {
      options: reasonGiven,
      answer: endpoint,
      call: ([id], { reason }) => ({ method: 'PATCH', path: at(id), body: { paused, reason } }),
      text: (changed) => table(HEAD, [rowOf(changed)]),
    });

  ask(withReason(webhooks.command('delete <endpoint>').description('what it has not got yet is given up')), {
    options: reasonGiven,
    answer: z.unknown(),
    call: ([id], { reason }) => ({
      method: 'DELETE',
      path: `${at(id)}?${new URLSearchParams({ reason, actor: 'cli' })}`,
    }),
    text: (_, [id]) => `${id} is deleted`,
  });

  ask(webhooks.command('test <endpoint>').description('send a message of type TEST now'), {
    options: noOptions,
    answer: tested,
    call: ([id]) => post(at(id, '/test'), {}),
    text: ({ failure: why }) => (why === null ? 'The receiver took it' : `Not delivered: ${why}`),
    isBad: ({ failure: why }) => why !== null,
  });

  const replay = webhooks
    .command('replay <endpoint>')
    .description('deliver everything again since a time, or between two')
    .requiredOption('--since <time>', 'ISO-8601 with a zone')
    .option('--until <time>', 'only what was recorded before');
  ask(withReason(replay), {
    options: reasonGiven.extend({ since: z.string(), until: z.string().optional() }),
    answer: endpoint,
    call: ([id], given) => post(at(id, '/replay'), given),
    text: (changed) => table(HEAD, [rowOf(changed)]),
  });

  listing(webhooks.command('dead-letters <endpoint>').description('messages that were given up'), {
    path: (id) => at(id, '/dead-letters'),
    item: letter,
    head: ['message', 'type', 'why', 'last attempt'],
    row: ({ messageId, eventType, failure: why, lastAttemptAt }) => [messageId, eventType, why, lastAttemptAt],
    none: () => 'None',
    usual: 100,
  });

  ask(withReason(webhooks.command('retry <endpoint>').description('try its dead letters again, the latest 100')), {
    options: reasonGiven,
    answer: retried,
    call: ([id], said) => post(at(id, '/dead-letters/retry'), said),
    text: (answer) => `${answer.retried} are tried again`,
  });
};
