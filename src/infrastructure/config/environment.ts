import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type Quota } from '../../application/ports/rate-limiter.js';
import { type AddressBlock, parseBlock } from '../../adapters/http/limits/client-address.js';
import { parseConnectionString } from '../../adapters/eventstoredb/connection-string.js';
import { parseRedisUrl } from '../../adapters/redis/redis-url.js';

const PROCESS_NAMES = ['api', 'worker', 'projector', 'relay', 'scheduler'] as const;
export type ProcessName = (typeof PROCESS_NAMES)[number];

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
export const DAY_MS = 86_400_000;
const milliseconds = (most: number) => whole(1, most);
const url = (...protocols: ReadonlyArray<string>) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be a URL beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
const web = url('http:', 'https:').refine(
  (value) => !/^\w+:\/\/[^/]*@/.test(value),
  'must be without a user and a password: no request can send them',
);

const oneOf = z.enum;
const text = z.string().optional();
const secret = (least: number) => z.string().min(least).optional();
const share = z.coerce.number().min(0).max(1).default(0);
const exporter = oneOf(['otlp', 'none']).optional();
const listOf = (isOne: (part: string) => boolean, message: string) =>
  z.string().transform((value, context): ReadonlyArray<string> => {
    const list = value.split(',').map((part) => part.trim());
    if (!list.every(isOne)) context.addIssue({ code: 'custom', message });
    return list;
  });
/** What `read` makes sense of. */
const readable = (read: (value: string) => E.Either<string, unknown>) =>
  z.string().superRefine((value, context) => {
    const made = read(value);
    if (E.isLeft(made)) context.addIssue({ code: 'custom', message: made.left });
  });

const isProcessName = (name: string): name is ProcessName => PROCESS_NAMES.some((known) => known === name);

const processes = z.string().transform((value, context): ReadonlyArray<ProcessName> => {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('all')) return PROCESS_NAMES;
  const known = PROCESS_NAMES.filter((name) => names.includes(name));
  if (!names.every(isProcessName)) {
    context.addIssue({ code: 'custom', message: `must be all, or some of ${PROCESS_NAMES.join(',')}` });
  }
  return known;
});

const brokers = listOf((broker) => /^[^\s:/]+:\d{1,5}$/.test(broker), 'must be host:port, several separated by commas');

const quota = z.string().transform((value, context): Quota | null => {
  if (value === 'off') return null;
  const [, requests = 0, seconds = 0] = (/^(\d{1,7})\/(\d{1,5})$/.exec(value) ?? []).map(Number);
  if (requests === 0 || seconds === 0)
    context.addIssue({ code: 'custom', message: 'must be requests/seconds like 30/10, or off' });
  return { requests, seconds };
});

const addressBlocks = z.string().transform((value, context): ReadonlyArray<AddressBlock> => {
  const texts = value.split(',').map((text) => text.trim());
  const blocks = texts.map(parseBlock);
  const wrong = texts.filter((_, index) => blocks[index] === null);
  if (wrong.length > 0)
    context.addIssue({ code: 'custom', message: `must be addresses or blocks like 10.0.0.0/8: ${wrong.join(', ')}` });
  return blocks.filter((block) => block !== null);
});

const fieldNames = listOf((name) => /^\w{1,64}$/.test(name), 'must be names of fields, several separated by commas');

const isOrigin = (value: string): boolean => URL.canParse(value) && new URL(value).origin === value;

const origins = listOf(isOrigin, 'must be origins like https://shop.example, several separated by commas');
const eventStore = readable(parseConnectionString);
const redis = readable(parseRedisUrl);

/**
 * Every variable there is, with its default and what it means; the table in docs/configuration.md is made from this. An empty
 * value counts as not set. Durations are milliseconds, as their names say.
 */
export const environment = z.object({
  HTTP_PORT: whole(0, 65_535).default(3000).describe('Port of the HTTP server; 0 takes any free one.'),
  HTTP_HOST: z.string().default('127.0.0.1').describe('Address it listens on; `0.0.0.0` for all.'),
  DATA_DIR: z.string().default('./data').describe('Directory of the embedded engines. One process at a time owns it.'),
  DISK_MIN_FREE_MB: whole(0, 1_000_000_000)
    .default(100)
    .describe(
      'Free space, in MiB, below which new requests that write are answered 503; what was accepted before is still carried out. 0: free space is not checked.',
    ),
  PROCESSES: processes
    .default(PROCESS_NAMES)
    .describe(
      'What this process runs: `all`, or some of `api,worker,projector,relay,scheduler`. Anything but `all` needs EventStoreDB, Kafka and Redis.',
    ),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('`debug`, `info`, `warn`, `error` or `silent`. Lines are JSON, on stdout.'),
  NAMESPACE: z
    .string()
    .regex(/^[\w-]{0,32}$/, 'must be at most 32 letters, digits, _ and -')
    .default('')
    .describe(
      'Name of this shop among others on the same EventStoreDB, Kafka and Redis: with a dot it stands before each of its streams, topics, consumer groups and keys. Never changes once the shop has started. Not set: names without it.',
    ),
  NEW_NAMESPACE: text.describe(
    'For the first start of a further shop on an EventStoreDB that holds others already: its `NAMESPACE` again.',
  ),
  EVENTSTORE_URL: eventStore
    .optional()
    .describe(
      'EventStoreDB connection string. Not set: embedded. Do not set it for the EventStoreDB server itself, which reads every `EVENTSTORE_…` variable as one of its own options.',
    ),
  KAFKA_BROKERS: brokers.optional().describe('Kafka brokers, `host:port,host:port`. Not set: embedded.'),
  KAFKA_PARTITIONS: whole(1, 1_000)
    .default(3)
    .describe('Partitions of the command topics when they are created, embedded or Kafka.'),
  KAFKA_SESSION_TIMEOUT_MS: whole(500, 300_000)
    .default(6_000)
    .describe(
      'After this long without a sign from a worker, its partitions move to the others. The brokers limit the range.',
    ),
  KAFKA_REPLICATION: whole(1, 10).default(1).describe('Replication factor of topics when they are created.'),
  KAFKA_CLIENT_ID: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .default('doorbuster')
    .describe('Name of this client in the logs and quotas of the brokers.'),
  KAFKA_SSL: oneOf(['true', 'false']).default('false').describe('`true`: connect to the brokers with TLS.'),
  KAFKA_CA_FILE: text.describe(
    'PEM file of the certificate authority of the brokers. Needed when Node does not know it.',
  ),
  KAFKA_CERT_FILE: text.describe('PEM file of the client certificate. Needed when the brokers ask for one.'),
  KAFKA_KEY_FILE: text.describe('PEM file of the key of the client certificate.'),
  KAFKA_SASL_MECHANISM: oneOf(['plain', 'scram-sha-256', 'scram-sha-512'])
    .optional()
    .describe('SASL mechanism: `plain`, `scram-sha-256` or `scram-sha-512`. Not set: connect without a user.'),
  KAFKA_SASL_USERNAME: text.describe('SASL user name.'),
  KAFKA_SASL_PASSWORD: text.describe('SASL password.'),
  REDIS_URL: redis
    .optional()
    .describe(
      'Redis for gate, read models, snapshots, idempotency keys and leases: `redis://`, with TLS `rediss://`; with `+sentinel` or `+cluster` of several hosts, see docs/distributed.md. Not set: embedded.',
    ),
  REDIS_CA_FILE: text.describe('PEM file of the certificate authority of Redis. Needed when Node does not know it.'),
  REDIS_CERT_FILE: text.describe('PEM file of the client certificate. Needed when Redis asks for one.'),
  REDIS_KEY_FILE: text.describe('PEM file of the key of the client certificate.'),
  REDIS_SENTINEL_USERNAME: text.describe('User name for the sentinels, if they ask for one.'),
  REDIS_SENTINEL_PASSWORD: text.describe('Password for the sentinels, if they ask for one.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: web
    .optional()
    .describe(
      'URL of an OpenTelemetry collector, OTLP over HTTP: traces are sent to `/v1/traces` below it, metrics to `/v1/metrics`. Not set: neither is sent.',
    ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: web.optional().describe('URL for traces alone, as it is.'),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: web.optional().describe('URL for metrics alone, as it is.'),
  OTEL_TRACES_EXPORTER: exporter.describe(
    '`none`: no traces are sent. `otlp`: they are, to `http://localhost:4318` if no endpoint is set. Not set: they are if an endpoint is set.',
  ),
  OTEL_METRICS_EXPORTER: exporter.describe('The same for metrics. `/metrics` is answered in any case.'),
  OTEL_METRIC_EXPORT_INTERVAL: milliseconds(3_600_000)
    .default(60_000)
    .describe('Time between two exports of metrics, in milliseconds.'),
  ALERT_WEBHOOK_URL: web
    .optional()
    .describe('Webhook to which alerts are posted, in the format of Slack. Not set: alerts are only logged.'),
  ALERT_TIMEOUT_MS: milliseconds(60_000).default(5_000).describe('Time limit for posting one alert.'),
  AUTH: oneOf(['off', 'jwt'])
    .optional()
    .describe(
      '`jwt`: every caller must send a user token or an API key. `off`: no credentials, and only calls from this machine are answered. Not set: `off` on a loopback `HTTP_HOST`; on any other address it must be set.',
    ),
  AUTH_ISSUER: text.describe(
    'Issuer of user tokens (`iss`). `dev`: accept tokens made by `doorbuster token`; refused in production. Not set: only API keys are accepted.',
  ),
  AUTH_AUDIENCE: text.describe('Audience that user tokens must name (`aud`).'),
  AUTH_JWKS_URL: web.optional().describe('URL of the public keys of the issuer (JWKS).'),
  AUTH_JWKS_FILE: text.describe('File with the public keys of the issuer (JWKS), read at start; instead of the URL.'),
  AUTH_ROLES_CLAIM: z
    .string()
    .default('roles')
    .describe(
      'Claim of a token that holds the role `operator`, `service` or `viewer`. A dot selects a field of an object.',
    ),
  API_KEYS_FILE: text.describe(
    'File with the hashes of the API keys, written by `doorbuster keys`. Not set: `api-keys.json` in `DATA_DIR`.',
  ),
  ADMIN_TOKEN: z
    .string()
    .min(16)
    .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII without spaces, or no header can carry it')
    .refine((token) => token.split('.').length !== 3, 'must not have two dots, or it is taken for a signed token')
    .optional()
    .describe('Key of an operator named `admin`, at least 16 characters.'),
  KEYS_SECRET: secret(32).describe(
    'Secret that encrypts the stored keys which sign passes, seals and receipts, and of which the secrets of webhooks are made, at least 32 characters. Not set: the keys are stored unencrypted, and there are no webhooks.',
  ),
  WEBHOOK_TIMEOUT_MS: milliseconds(10_000).default(10_000).describe('Time limit for one delivery of a webhook.'),
  WEBHOOK_RETRY_MS: milliseconds(600_000)
    .default(5_000)
    .describe('Pause before the second attempt of a webhook; each further one is three times as long, up to an hour.'),
  WEBHOOK_GIVE_UP_MS: milliseconds(2_592_000_000)
    .default(86_400_000)
    .describe(
      'How long a message is tried before it is a dead letter, and an endpoint that is away before it is paused.',
    ),
  WEBHOOK_PRIVATE_ADDRESSES: oneOf(['allow', 'refuse'])
    .optional()
    .describe(
      'Whether webhooks may go to private addresses, such as 10.0.0.1 or 127.0.0.1. Not set: `refuse` with `AUTH=jwt`, else `allow`.',
    ),
  PERSONAL_DATA_KEY: secret(32).describe(
    'Secret that encrypts the keys of personal data, at least 32 characters. Not set: these keys are stored unencrypted; erasing works all the same.',
  ),
  PERSONAL_FIELDS: fieldNames
    .default([])
    .describe(
      'Names of more fields that are personal in this shop, separated by commas. In an order they may stand beside `shipping`, and are encrypted and erased with it. The audit trail leaves them out of requests and answers, as it does `shipping` and the reasons in calls about a user.',
    ),
  ARCHIVE_AFTER_DAYS: whole(1, 36_500)
    .default(90)
    .describe(
      'Days after which the answer to a request is dropped, and for requests for a coupon also as long after the coupon closed. Events, and who holds a coupon, are kept.',
    ),
  OPS_PORT: whole(0, 65_535)
    .optional()
    .describe('Extra port that serves only `/metrics` and `/health/*`, without authentication. Not set: none.'),
  RATE_LIMIT_USER: quota
    .optional()
    .describe(
      'Limit of requests per user: `30/10` is 30 requests in 10 seconds; more are answered 429. `off`: no limit. Not set: `30/10` with `AUTH=jwt`, else off.',
    ),
  RATE_LIMIT_ADDRESS: quota
    .optional()
    .describe(
      'The same per client address (for IPv6 per /64). Calls of services, viewers and operators are not counted. Not set: `300/10` with `AUTH=jwt`, else off.',
    ),
  CHALLENGE_PROVIDER: oneOf(['altcha', 'turnstile'])
    .default('altcha')
    .describe(
      'Provider of challenges: `altcha`, a proof of work that needs no outside service; `turnstile`, the service of Cloudflare.',
    ),
  CHALLENGE_SECRET: secret(16).describe(
    'Secret that signs challenges, at least 16 characters. Not set: made from `KEYS_SECRET`; without that too, generated at start, which is enough for a single `api` process.',
  ),
  CHALLENGE_WORK: whole(256, 1_000_000)
    .default(16_384)
    .describe('Average number of hashes that solve a first challenge of `altcha`.'),
  TURNSTILE_SITE_KEY: text.describe('Site key of the Turnstile widget. Needed with `turnstile`.'),
  TURNSTILE_SECRET: text.describe('Secret key of the Turnstile widget. Needed with `turnstile`.'),
  TURNSTILE_URL: web
    .default('https://challenges.cloudflare.com/turnstile/v0/siteverify')
    .describe('URL at which Turnstile tokens are verified.'),
  TURNSTILE_TIMEOUT_MS: milliseconds(60_000).default(2_000).describe('Time limit for verifying one Turnstile token.'),
  TRUSTED_PROXIES: addressBlocks
    .optional()
    .describe('Proxies whose `X-Forwarded-For` is trusted: addresses and blocks, `10.0.0.0/8,::1`. Not set: none.'),
  CORS_ORIGINS: origins
    .optional()
    .describe('Other origins whose pages may call the API from a browser, `https://shop.example,…`. Not set: none.'),
  MAX_IN_FLIGHT: whole(1, 1_000_000)
    .default(20_000)
    .describe('Most requests in progress at the same time; more are answered 503 with `Retry-After`.'),
  MAX_CONNECTIONS: whole(1, 1_000_000)
    .default(50_000)
    .describe('Most open connections; new ones beyond it are closed.'),
  MAX_SSE_CONNECTIONS: whole(0, 1_000_000)
    .default(20_000)
    .describe('Most open streams of server-sent events; more are answered 503 with `Retry-After`.'),
  MAX_WAITING: whole(0, 1_000_000)
    .default(10_000)
    .describe(
      'Most requests that `Prefer: wait` may keep waiting at the same time; more are answered without waiting.',
    ),
  REQUEST_TIMEOUT_MS: milliseconds(300_000).default(30_000).describe('How long a client may take to send a request.'),
  KEEP_ALIVE_TIMEOUT_MS: milliseconds(3_600_000)
    .default(65_000)
    .describe(
      'How long an idle connection stays open. Set it longer than the idle time-out of the load balancer in front.',
    ),
  DRAIN_NOTICE_MS: whole(0, 300_000)
    .default(0)
    .describe(
      'At a stop: how long `/health/ready` says not ready before new connections are refused, so that load balancers notice.',
    ),
  OPERATION_TIMEOUT_MS: milliseconds(60_000)
    .default(5_000)
    .describe(
      'How long a request that an operator sends to the writer (pause, resume, quantity, stock) waits for its result.',
    ),
  LOG_MAX_PENDING: whole(1, 10_000_000)
    .default(50_000)
    .describe(
      'Most messages that are being written to the log at the same time; more requests are answered 503 with `Retry-After`.',
    ),
  COUPONS_IN_MEMORY: whole(1_000, 100_000_000)
    .default(3_000_000)
    .describe('Most coupon holders that a writer, and the gate, keep in memory, over all coupons.'),
  WAITING_IDLE_MS: milliseconds(86_400_000)
    .default(300_000)
    .describe('How long a waiting place is kept without any call from its user.'),
  WAITING_CLAIM_MS: milliseconds(3_600_000)
    .default(60_000)
    .describe('How long a user who was let in has to claim the place before the next in line gets it.'),
  WAITING_ACTIVE_IDLE_MS: milliseconds(86_400_000)
    .default(120_000)
    .describe(
      'How long an active place is kept without any call from its user. `stay` of the client calls every 20 to 24 s: with less than 30000 it loses places.',
    ),
  WAITING_IN_MEMORY: whole(1_000, 100_000_000)
    .default(1_000_000)
    .describe('Most waiting-room places that a writer keeps in memory, over all rooms.'),
  // A key is published for seven rotations after it last signed: with fewer hours than four, shorter than a place may be active.
  PASS_ROTATION_MS: whole(14_400_000, 31_536_000_000)
    .default(86_400_000)
    .describe('How long one key signs the passes of waiting rooms; at least four hours.'),
  SEAL_KEY_ROTATION_MS: whole(60_000, 31_536_000_000)
    .default(2_592_000_000)
    .describe('How long one key signs the seals of the history and receipts.'),
  SHUTDOWN_TIMEOUT_MS: milliseconds(300_000)
    .default(15_000)
    .describe('How long a stop may take to finish open work before the process exits with 1.'),
  ORDER_HOLD_SECONDS: whole(1, 86_400)
    .default(600)
    .describe('How long the goods of an unpaid order are held, seconds.'),
  PAYMENT_HOLD_SECONDS: whole(1, 86_400)
    .default(120)
    .describe('How long goods are held, at most, while a payment is in progress at the gateway, seconds.'),
  LATE_PAYMENT: oneOf(['REACQUIRE', 'REFUND'])
    .default('REACQUIRE')
    .describe(
      'Default for products: a payment that arrives after the hold expired takes the goods again if there are any (`REACQUIRE`), or is refunded (`REFUND`).',
    ),
  SOLD_OUT: oneOf(['REOPEN', 'STAY_CLOSED'])
    .default('REOPEN')
    .describe(
      'Default for products: after everything was bought, goods from cancelled orders are sold again (`REOPEN`), or not before the next delivery (`STAY_CLOSED`).',
    ),
  ORDER_CANCEL: oneOf(['UNTIL_SHIPPED', 'UNTIL_PAID'])
    .default('UNTIL_SHIPPED')
    .describe('Default for products: how long a user may cancel an order, `UNTIL_SHIPPED` or `UNTIL_PAID`.'),
  DECLINES_ALLOWED: whole(1, 100).default(3).describe('Number of declined payments after which an order fails.'),
  DATA_PLATFORM_URL: web
    .optional()
    .describe('URL to which order status changes are posted. Not set: they are not posted.'),
  DATA_PLATFORM_TIMEOUT_MS: milliseconds(60_000).default(5_000).describe('Time limit for posting one status change.'),
  NAVER_PAY_URL: web
    .optional()
    .describe("Base URL of Naver Pay with the partner's path. Not set: a sandbox that moves no money."),
  NAVER_PAY_CLIENT_ID: z.string().default('').describe('Client id of Naver Pay.'),
  NAVER_PAY_CLIENT_SECRET: z.string().default('').describe('Client secret of Naver Pay.'),
  NAVER_PAY_CHAIN_ID: text.describe('Chain id of Naver Pay, if the merchant has one.'),
  GATEWAY_TIMEOUT_MS: milliseconds(60_000).default(3_000).describe('Time limit for one call to the payment gateway.'),
  SANDBOX_DECLINE_RATE: share.describe('Share of charges that the sandbox gateway declines, 0 to 1.'),
  SANDBOX_TIMEOUT_RATE: share.describe(
    'Share of charges that the sandbox gateway carries out without answering, 0 to 1.',
  ),
});

export type Environment = z.infer<typeof environment>;
export const ALL_PROCESSES: ReadonlyArray<ProcessName> = PROCESS_NAMES;
