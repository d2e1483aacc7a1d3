import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { SECRETS } from '../../src/infrastructure/config/secret-files.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { createPinoLog } from '../../src/infrastructure/logging/pino-log.js';
import { type RunningServer, startServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';
import { waitingRoomClient } from '../support/waiting-room-client.js';
import { keyOf, tokenOf } from './access.suite.js';

const newDir = tempDirs();

/** Of each, what nobody may read anywhere. */
const secrets: Readonly<Record<string, string>> = {
  ADMIN_TOKEN: 'never-tell-the-admin-token',
  CHALLENGE_SECRET: 'never-tell-how-challenges-are-signed',
  TURNSTILE_SECRET: 'never-tell-the-turnstile-secret',
  KEYS_SECRET: 'never-tell-what-encrypts-the-signing-keys',
  PERSONAL_DATA_KEY: 'never-tell-what-encrypts-the-personal-keys',
  EVENTSTORE_URL: 'never-tell-the-event-store-password',
  REDIS_URL: 'never-tell-the-redis-password',
  REDIS_SENTINEL_PASSWORD: 'never-tell-the-sentinel-password',
  KAFKA_SASL_PASSWORD: 'never-tell-the-kafka-password',
  NAVER_PAY_CLIENT_SECRET: 'never-tell-the-gateway-secret',
  ALERT_WEBHOOK_URL: 'never-tell-the-webhook-path',
};
test('every secret of the configuration is looked for', () => {
  expect(Object.keys(secrets).toSorted()).toEqual([...SECRETS].toSorted());
});

const told = (text: string, looked: ReadonlyArray<string>): ReadonlyArray<string> =>
  looked.filter((secret) => text.includes(secret));

/** A server whose log is kept; Left: why it does not start. */
const started = async (variables: Readonly<Record<string, string>>) => {
  const lines: string[] = [];
  const log = createPinoLog({ level: 'debug', name: 'all', destination: { write: (line) => void lines.push(line) } });
  const config = loadConfig({ HTTP_PORT: '0', LOG_LEVEL: 'debug', ...variables });
  if (E.isLeft(config)) throw new Error(config.left.join('\n'));
  const server = await startServer(config.right, { log, withinMs: 500 })();
  return { server, log: () => lines.join('') };
};

describe('a server that answers', () => {
  const directory = newDir();
  let server: RunningServer;
  let log: () => string;
  let [service, operator, ana, ticket, pass] = ['', '', '', '', ''];
  const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
  const { ADMIN_TOKEN = '', KEYS_SECRET = '', PERSONAL_DATA_KEY = '', CHALLENGE_SECRET = '' } = secrets;

  beforeAll(async () => {
    [service, operator] = [keyOf(directory, 'shop', 'service'), keyOf(directory, 'kim', 'operator')];
    const run = await started({
      DATA_DIR: directory,
      AUTH: 'jwt',
      AUTH_ISSUER: 'dev',
      ADMIN_TOKEN,
      KEYS_SECRET,
      PERSONAL_DATA_KEY,
      CHALLENGE_SECRET,
      ALERT_WEBHOOK_URL: `http://127.0.0.1:9/${secrets['ALERT_WEBHOOK_URL'] ?? ''}`,
    });
    if (E.isLeft(run.server)) throw new Error(run.server.left);
    server = run.server.right;
    log = run.log;
    ana = await tokenOf(directory, 'ana');
  });
  afterAll(() => server.stop());

  const all = () => [...Object.values(secrets), service, operator, ana, ticket, pass].filter((secret) => secret !== '');
  const call = (path: string, as: string, body?: object) => http(`${server.url}${path}`, body, bearer(as));

  test('hands a ticket and a pass to whom they are for', async () => {
    ticket = String((await call('/api/sse/tickets', ana, {})).body['ticket']);
    const room = waitingRoomClient(server.url, 'gala', { operator, service });
    await room.configure({ activeLimit: 5, activeTtlSeconds: 60 });
    const { tokenId } = await room.join('ben');
    pass = await eventually(async () => {
      const seen = (await call(`/api/v1/waiting-token/${tokenId}`, service)).body['pass'];
      expect(seen).toEqual(expect.any(String));
      return String(seen);
    });
  });

  test('tells no secret in what it answers, says to operators, or writes into its log', async () => {
    const coupon = { couponId: 'spring', name: 'C', quantity: 1, discount: { kind: 'AMOUNT', value: 1 } };
    const answers = [
      await call('/api/coupons', ADMIN_TOKEN, coupon),
      await call('/api/coupons', ADMIN_TOKEN, coupon),
      await call('/api/coupons/spring/issue', ana, { userId: 7, nonsense: true }),
      await call('/api/users/ben/points/charge', service, { amount: 5 }),
      await call(`/api/sse/subscribe/ben?ticket=${ticket}`, ana),
      await call(`/api/sse/subscribe/ana?ticket=${ticket}`, ana),
      await call('/nowhere', ADMIN_TOKEN),
      ...(await Promise.all(
        ['/health/ready', '/openapi.json', '/docs', '/asyncapi.json'].map((path) => http(server.url + path)),
      )),
      ...(await Promise.all(
        ['/metrics', '/admin/projections', '/admin/dead-letters', '/admin/users/ana/timeline'].map((path) =>
          call(path, operator),
        ),
      )),
      await call('/api/coupons', `${ADMIN_TOKEN}x`, coupon),
    ];
    for (const { status, text } of answers) expect([status, told(text, all())]).toEqual([status, []]);
    const trail = await call('/admin/audit', operator);
    expect([trail.body['items'], told(trail.text, all())]).toEqual([expect.arrayContaining([expect.anything()]), []]);
    expect(log()).toContain('Wrong credentials');
    expect(told(log(), all())).toEqual([]);
  });

  test('keeps none of them readable among its data, nor what passes are signed with', () => {
    for (const file of readdirSync(directory)) {
      // The key of the command line and the issuer of development are what they are, for their owner alone.
      if (file === 'cli-key' || file === 'dev-issuer.json') continue;
      const content = readFileSync(join(directory, file), 'latin1');
      expect([file, told(content, [...all(), '"d":"', 'PRIVATE KEY'])]).toEqual([file, []]);
    }
  });
});

test('a server whose engines are away names them without their passwords', async () => {
  const { server, log } = await started({
    EVENTSTORE_URL: `esdb://admin:${secrets['EVENTSTORE_URL'] ?? ''}@127.0.0.1:9?tls=false`,
    KAFKA_BROKERS: '127.0.0.1:9',
    KAFKA_SASL_MECHANISM: 'plain',
    KAFKA_SASL_USERNAME: 'doorbuster',
    KAFKA_SASL_PASSWORD: secrets['KAFKA_SASL_PASSWORD'] ?? '',
    REDIS_URL: `redis+sentinel://:${secrets['REDIS_URL'] ?? ''}@127.0.0.1:9/shop`,
    REDIS_SENTINEL_PASSWORD: secrets['REDIS_SENTINEL_PASSWORD'] ?? '',
    NAVER_PAY_URL: 'http://127.0.0.1:9',
    NAVER_PAY_CLIENT_ID: 'shop',
    NAVER_PAY_CLIENT_SECRET: secrets['NAVER_PAY_CLIENT_SECRET'] ?? '',
  });
  const said = E.isLeft(server) ? server.left : 'it started';
  expect(said).toMatch(/does not answer|cannot be reached|away/);
  expect(told(said + log(), Object.values(secrets))).toEqual([]);
});

test.each([
  ['EVENTSTORE_URL', `http://admin:${secrets['EVENTSTORE_URL'] ?? ''}@host`],
  ['EVENTSTORE_URL', `esdb://admin:${secrets['EVENTSTORE_URL'] ?? ''}@:::`],
  ['REDIS_URL', `postgres://:${secrets['REDIS_URL'] ?? ''}@host`],
  ['REDIS_URL', `redis//:${secrets['REDIS_URL'] ?? ''}`],
  ['REDIS_URL', `redis+cluster://shop:${secrets['REDIS_URL'] ?? ''}@host/5`],
  ['ALERT_WEBHOOK_URL', `ftp://host/${secrets['ALERT_WEBHOOK_URL'] ?? ''}`],
  ['ADMIN_TOKEN', `${secrets['ADMIN_TOKEN'] ?? ''} with spaces`],
  ['KAFKA_SASL_PASSWORD', secrets['KAFKA_SASL_PASSWORD'] ?? ''],
  ['KEYS_SECRETS', secrets['KEYS_SECRET'] ?? ''],
])('a fault of %s is told without its value', (name, value) => {
  const config = loadConfig({ [name]: value });
  const said = E.isLeft(config) ? config.left.join('\n') : '';
  expect(said).toContain(name.slice(0, 10));
  expect(told(said, Object.values(secrets))).toEqual([]);
});
