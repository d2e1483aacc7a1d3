import { readFileSync } from 'node:fs';
import { either as E } from 'fp-ts';
import { configurationTable } from '../support/configuration-table.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';

const faultsOf = (variables: Record<string, string>): ReadonlyArray<string> => {
  const loaded = loadConfig(variables);
  return E.isLeft(loaded) ? loaded.left : [];
};

test('nothing configured is one process with everything embedded', () => {
  expect(loadConfig({})).toMatchObject(
    E.right({
      HTTP_PORT: 3000,
      HTTP_HOST: '127.0.0.1',
      DATA_DIR: './data',
      PROCESSES: ['api', 'worker', 'projector', 'relay', 'scheduler'],
      KAFKA_PARTITIONS: 3,
    }),
  );
});

test('an empty value counts as not set', () => {
  expect(loadConfig({ KAFKA_BROKERS: '', HTTP_PORT: ' ', REDIS_URL: '' })).toMatchObject(E.right({ HTTP_PORT: 3000 }));
});

test.each([
  ['a user without a way to prove itself', { KAFKA_SASL_USERNAME: 'shop' }, 'KAFKA_SASL_MECHANISM'],
  ['a mechanism without its user', { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_PASSWORD: 'x' }, 'KAFKA_SASL_USERNAME'],
  ['a certificate without its key', { KAFKA_SSL: 'true', KAFKA_CERT_FILE: '/c.pem' }, 'KAFKA_KEY_FILE'],
  ['an authority that plain text would not use', { KAFKA_CA_FILE: '/ca.pem' }, 'KAFKA_SSL'],
])('%s is refused, and what is missing is named', (_what, given, variable) => {
  const faults = faultsOf({ KAFKA_BROKERS: 'kafka:9092', ...given });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([variable]);
});

test.each([
  ['an authority that plain text would not use', { REDIS_CA_FILE: '/ca.pem' }, 'REDIS_URL'],
  ['a certificate without its key', { REDIS_URL: 'rediss://redis', REDIS_CERT_FILE: '/c.pem' }, 'REDIS_KEY_FILE'],
  ['a user of sentinels without a password', { REDIS_SENTINEL_USERNAME: 'ana' }, 'REDIS_SENTINEL_PASSWORD'],
])('Redis: %s is refused, and what is missing is named', (_what, given, variable) => {
  const faults = faultsOf({ REDIS_URL: 'redis://redis', ...given });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([variable]);
});

test.each([
  [
    'a gateway of which only the credentials are set, so that the sandbox would be paid',
    ['NAVER_PAY_CLIENT_ID', 'NAVER_PAY_CLIENT_SECRET'],
    'NAVER_PAY_URL',
  ],
  [
    'a gateway without the secret, which would take no payment',
    ['NAVER_PAY_URL', 'NAVER_PAY_CLIENT_ID'],
    'NAVER_PAY_CLIENT_SECRET',
  ],
  [
    'a gateway without the id, which would take no payment',
    ['NAVER_PAY_URL', 'NAVER_PAY_CLIENT_SECRET'],
    'NAVER_PAY_CLIENT_ID',
  ],
])('%s is refused, and what is missing is named', (_what, names, variable) => {
  const faults = faultsOf(Object.fromEntries(names.map((name) => [name, 'https://pay.example'])));
  expect(new Set(faults.map((fault) => fault.split(':')[0]))).toEqual(new Set([variable]));
});

test.each([
  ['ALERT_WEBHOOK_URL'],
  ['DATA_PLATFORM_URL'],
  ['TURNSTILE_URL'],
  ['NAVER_PAY_URL'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT'],
])('%s with a password, which no request sends, is refused, and the password is not told', (name) => {
  const naverPay = name === 'NAVER_PAY_URL' && { NAVER_PAY_CLIENT_ID: 'id', NAVER_PAY_CLIENT_SECRET: 'secret' };
  expect(faultsOf({ ...naverPay, [name]: 'https://ana:sesame@away.test/in' })).toEqual([
    `${name}: must be without a user and a password: no request can send them`,
  ]);
});

test('all faults are told at once, each with the name of its variable', () => {
  const faults = faultsOf({
    HTTP_PORT: 'eighty',
    LOG_LEVEL: 'loud',
    PROCESSES: 'api,cook',
    KAFKA_BROKERS: 'kafka',
    REDIS_URL: 'http://redis',
    EVENTSTORE_URL: 'localhost:2113',
    ADMIN_TOKEN: 'short',
  });
  expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
    'ADMIN_TOKEN',
    'EVENTSTORE_URL',
    'HTTP_PORT',
    'KAFKA_BROKERS',
    'LOG_LEVEL',
    'PROCESSES',
    'REDIS_URL',
  ]);
});

test('one port for people and for operators is refused, and named', () => {
  const both = { HTTP_PORT: '3000', OPS_PORT: '3000' };
  expect(faultsOf(both)).toEqual([expect.stringMatching(/^OPS_PORT: /)]);
  expect(faultsOf({ HTTP_PORT: '0', OPS_PORT: '0' })).toEqual([]);
});

test('processes that run apart need all three servers, for they share nothing else', () => {
  expect(faultsOf({ PROCESSES: 'worker', KAFKA_BROKERS: 'a:9092' }).map((fault) => fault.split(':')[0])).toEqual([
    'EVENTSTORE_URL',
    'REDIS_URL',
  ]);
  const apart = { KAFKA_BROKERS: 'a:9092,b:9092', EVENTSTORE_URL: 'esdb://a:2113,b:2113', REDIS_URL: 'redis://c:6379' };
  expect(loadConfig({ PROCESSES: 'relay,api', ...apart })).toMatchObject(
    E.right({ PROCESSES: ['api', 'relay'], KAFKA_BROKERS: ['a:9092', 'b:9092'] }),
  );
});

test('the README lists exactly the variables there are, and a page says what each means', () => {
  expect(readFileSync('docs/configuration.md', 'utf8')).toContain(configurationTable());
  const [, listed = ''] = /^## Configuration$([\s\S]*?)^## /m.exec(readFileSync('README.md', 'utf8')) ?? [];
  const named = (page: string, name: RegExp) => [...page.matchAll(name)].map(([, found]) => found);
  expect(named(listed, /`([A-Z0-9_]+)`/g)).toEqual(named(configurationTable(), /^\| `([A-Z0-9_]+)`/gm));
});
