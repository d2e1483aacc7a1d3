import { either as E } from 'fp-ts';
import { environment } from '../../src/infrastructure/config/environment.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';

const known = Object.keys(environment.shape);
const faultsOf = (...names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const loaded = loadConfig(Object.fromEntries(names.map((name) => [name, '1'])));
  return E.isLeft(loaded) ? loaded.left : [];
};

test.each([
  ['HTTP_PROT', 'HTTP_PORT'],
  ['HTTP_PORTS', 'HTTP_PORT'],
  ['http_port', 'HTTP_PORT'],
  ['HTTPPORT', 'HTTP_PORT'],
  ['DATA_DRI', 'DATA_DIR'],
  ['DATADIR', 'DATA_DIR'],
  ['LOG_LEVLE', 'LOG_LEVEL'],
  ['REDIS_ULR', 'REDIS_URL'],
  ['KAFKA_BROKER', 'KAFKA_BROKERS'],
  ['KAFKA_PARTITION', 'KAFKA_PARTITIONS'],
  ['EVENT_STORE_URL', 'EVENTSTORE_URL'],
  ['ADMIN_TOKENS', 'ADMIN_TOKEN'],
  ['MAX_INFLIGHT', 'MAX_IN_FLIGHT'],
  ['MAX_CONNECTION', 'MAX_CONNECTIONS'],
  ['REQUEST_TIMEOUT', 'REQUEST_TIMEOUT_MS'],
  ['REQUEST_TIMEOUT_SECONDS', 'REQUEST_TIMEOUT_MS'],
  ['ORDER_HOLD_MS', 'ORDER_HOLD_SECONDS'],
  ['WAITING_IDLE', 'WAITING_IDLE_MS'],
  ['WAITING_PLACES_IN_MEMORY', 'WAITING_IN_MEMORY'],
  ['NAVER_PAY_SECRET', 'NAVER_PAY_'],
  ['SANDBOX_RATE', 'SANDBOX_'],
])('%s is refused at the start, with the nearest name there is', (name, nearest) => {
  const [fault = '', ...others] = faultsOf(name);
  expect(others).toEqual([]);
  expect(fault).toContain(`${name}: there is no such variable; the nearest is ${nearest}`);
});

test('every slip of one key in every name of ours is noticed', () => {
  const slips = known.flatMap((name) =>
    [...name].flatMap((letter, at) => {
      const [before, after] = [name.slice(0, at), name.slice(at + 1)];
      const swapped = at + 1 < name.length ? [`${before}${name[at + 1]}${letter}${name.slice(at + 2)}`] : [];
      return [`${before}${after}`, `${before}${letter}${letter}${after}`, `${before}Q${after}`, ...swapped];
    }),
  );
  const missed = slips.filter((slip) => !known.includes(slip) && !faultsOf(slip).some((one) => one.startsWith(slip)));
  expect(missed).toEqual([]);
});

test('all of them are told at once, beside what else is wrong', () => {
  const loaded = loadConfig({ HTTP_PROT: '1', REDIS_ULR: '2', HTTP_PORT: 'eighty' });
  const names = E.isLeft(loaded) ? loaded.left.map((fault) => fault.split(':')[0]) : [];
  expect(names).toEqual(['HTTP_PORT', 'HTTP_PROT', 'REDIS_ULR']);
});

test('one that is empty counts as not set', () => {
  expect(loadConfig({ HTTP_PROT: '' })).toMatchObject({ _tag: 'Right' });
});

const services = [
  'REDIS',
  'KAFKA',
  'HTTP',
  'WAITING',
  'SANDBOX',
  'NAVER_PAY',
  'DATA_PLATFORM',
  'DOORBUSTER',
  'EVENTSTORE',
];

test.each([
  [
    'of the machine',
    ['PATH', 'HOME', 'HOSTNAME', 'HOST', 'PORT', 'PWD', 'SHLVL', 'TERM', 'LANG', 'TZ', 'USER', 'TMPDIR'],
  ],
  [
    'of Node and npm',
    ['NODE_ENV', 'NODE_OPTIONS', 'NODE_VERSION', 'npm_config_loglevel', 'npm_package_name', 'INIT_CWD'],
  ],
  ['of proxies', ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'ALL_PROXY']],
  [
    'of Kafka',
    ['KAFKA_HEAP_OPTS', 'KAFKA_NODE_ID', 'KAFKA_LISTENERS', 'KAFKA_BROKER_ID', 'KAFKA_LOG_DIRS', 'KAFKA_OPTS'],
  ],
  ['of Redis', ['REDIS_PORT', 'REDIS_HOST', 'REDIS_PASSWORD', 'REDIS_VERSION', 'REDIS_TLS_URL', 'REDISCLI_AUTH']],
  [
    'of EventStoreDB',
    ['EVENTSTORE_INSECURE', 'EVENTSTORE_MEM_DB', 'EVENTSTORE_RUN_PROJECTIONS', 'EVENTSTORE_DB', 'EVENTSTORE_LOG'],
  ],
  [
    'of tracing',
    [
      'OTEL_SERVICE_NAME',
      'OTEL_EXPORTER_OTLP_HEADERS',
      'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
      'OTEL_EXPORTER_OTLP_METRICS_HEADERS',
      'OTEL_METRIC_EXPORT_TIMEOUT',
      'OTEL_LOGS_EXPORTER',
      'OTEL_TRACES_SAMPLER',
      'OTEL_TRACES_SAMPLER_ARG',
      'OTEL_RESOURCE_ATTRIBUTES',
    ],
  ],
  [
    'of other programs',
    [
      'DATABASE_URL',
      'XDG_DATA_DIRS',
      'PGDATA',
      'LOG_FILE',
      'LOG_FORMAT',
      'MAX_CONNS',
      'ADMIN_USER',
      'DATA_PATH',
      'ORDER',
      'PROCESS',
    ],
  ],
  [
    'of services around it',
    services.flatMap((service) => [
      `${service}_SERVICE_HOST`,
      `${service}_SERVICE_PORT`,
      `${service}_SERVICE_PORT_HTTP`,
      `${service}_PORT_6379_TCP`,
      `${service}_PORT_6379_TCP_ADDR`,
      `${service}_PORT_6379_TCP_PORT`,
      `${service}_PORT_6379_TCP_PROTO`,
    ]),
  ],
])('variables %s never stop it', (_, names) => {
  expect(faultsOf(...names)).toEqual([]);
});

test('the address of a service whose name is near to one of ours does not stop it', () => {
  const address = 'tcp://10.0.0.7:80';
  expect(loadConfig({ HTTPS_PORT: address, HTTP2_PORT: address, WAITING_PORT: address })).toMatchObject({
    _tag: 'Right',
  });
});
