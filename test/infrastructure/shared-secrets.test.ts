import { taskEither as TE } from 'fp-ts';
import { openIdempotencyKeys } from '../../src/adapters/embedded/idempotency/open-idempotency-keys.js';
import { type IdempotencyKeys } from '../../src/application/ports/idempotency.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { sharedSecrets } from '../../src/infrastructure/engines/shared-secrets.js';
import { rightOf } from '../support/answer-of.js';
import { openedDirectory } from '../support/embedded.js';
import { stoppedClock } from '../support/stopped-clock.js';
import { tempDirs } from '../support/temp-dir.js';

const newDirectory = tempDirs();
const [one, other] = ['the secret that all processes have', 'a secret that one process has alone'];
const servers = {
  REDIS_URL: 'redis://127.0.0.1:9',
  KAFKA_BROKERS: '127.0.0.1:9',
  EVENTSTORE_URL: 'esdb://127.0.0.1:9?tls=false',
};
const processWith = (keys: Pick<IdempotencyKeys, 'begin' | 'forget'>, variables: Readonly<Record<string, string>>) =>
  sharedSecrets(
    keys,
    stoppedClock(() => Date.now()),
    rightOf(loadConfig({ ...servers, ...variables })),
  );

test('a process whose secrets are not those of the others is refused, until these have stopped', async () => {
  const directory = await openedDirectory(newDirectory());
  const keys = openIdempotencyKeys(directory.root);
  const faultWith = (variables: Readonly<Record<string, string>>) => processWith(keys, variables).fault();

  const first = processWith(keys, { KEYS_SECRET: one, CHALLENGE_SECRET: one });
  expect(await first.fault()).toBeNull();
  expect(await first.fault()).toBeNull();
  expect(await faultWith({ KEYS_SECRET: one, CHALLENGE_SECRET: one })).toBeNull();
  expect(await faultWith({ KEYS_SECRET: one, CHALLENGE_SECRET: other })).toMatch(/^CHALLENGE_SECRET: .* the same/);
  // Without one of its own it is made from the other secret, and not the same.
  expect(await faultWith({ KEYS_SECRET: one })).toMatch(/^CHALLENGE_SECRET/);
  expect(await faultWith({ KEYS_SECRET: other, CHALLENGE_SECRET: one })).toMatch(/^KEYS_SECRET: .* the same/);
  expect(await faultWith({ CHALLENGE_SECRET: one })).toMatch(/^KEYS_SECRET/);
  expect(await faultWith({ PROCESSES: 'relay' })).toMatch(/^KEYS_SECRET/);
  // It signs nothing.
  expect(await faultWith({ PROCESSES: 'worker' })).toBeNull();

  await first.leave();
  expect(await faultWith({ KEYS_SECRET: other, CHALLENGE_SECRET: other })).toBeNull();
  expect(await first.fault()).toMatch(/^KEYS_SECRET/);
  await directory.close();
});

test('a process that comes and goes beside others, as a command does, takes nothing away that keeps a wrong one out', async () => {
  const directory = await openedDirectory(newDirectory());
  const keys = openIdempotencyKeys(directory.root);
  const [running, command] = [processWith(keys, { KEYS_SECRET: one }), processWith(keys, { KEYS_SECRET: one })];
  expect([await running.fault(), await command.fault()]).toEqual([null, null]);
  await command.leave();
  expect(await processWith(keys, { KEYS_SECRET: other }).fault()).toMatch(/^KEYS_SECRET/);
  await directory.close();
});

test('what is to be deleted after a kill is named as it stands in Redis, where a shop has a namespace too', async () => {
  const directory = await openedDirectory(newDirectory());
  const keys = openIdempotencyKeys(directory.root);
  expect(await processWith(keys, { KEYS_SECRET: one }).fault()).toBeNull();
  const faultWith = (variables: Readonly<Record<string, string>>) =>
    processWith(keys, { KEYS_SECRET: other, ...variables }).fault();
  expect(await faultWith({})).toContain('delete the key "idempotency:secret KEYS_SECRET"');
  expect(await faultWith({ NAMESPACE: 'seoul' })).toContain('delete the key "seoul.idempotency:secret KEYS_SECRET"');
  await directory.close();
});

test('no process is refused while nobody can tell', async () => {
  const nobody = () => TE.left('IdempotencyUnavailable' as const);
  const away = { begin: nobody, forget: nobody };
  const alone = processWith(away, { KEYS_SECRET: one });
  expect(await alone.fault()).toBeNull();
  await alone.leave();
});
