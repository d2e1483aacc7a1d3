import { readFileSync } from 'node:fs';
import { either as E } from 'fp-ts';
import { configurationTable } from '../../src/infrastructure/config/configuration-table.js';
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

test('the README lists exactly the variables there are', () => {
  expect(readFileSync('README.md', 'utf8')).toContain(configurationTable());
});
