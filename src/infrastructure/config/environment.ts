import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type Quota } from '../../application/ports/rate-limiter.js';
import { type AddressBlock, parseBlock } from '../../adapters/http/limits/client-address.js';
import { parseConnectionString } from '../../adapters/eventstoredb/connection-string.js';

const PROCESS_NAMES = ['api', 'worker', 'projector', 'relay', 'scheduler'] as const;
export type ProcessName = (typeof PROCESS_NAMES)[number];

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const milliseconds = (most: number) => whole(1, most);
const url = (...protocols: ReadonlyArray<string>) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be a URL beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
const web = url('http:', 'https:');

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

const brokers = z.string().transform((value, context): ReadonlyArray<string> => {
  const list = value.split(',').map((broker) => broker.trim());
  if (!list.every((broker) => /^[^\s:/]+:\d{1,5}$/.test(broker))) {
    context.addIssue({ code: 'custom', message: 'must be host:port, several separated by commas' });
  }
  return list;
});

const quota = z.string().transform((value, context): Quota | null => {
  if (value === 'off') return null;
  const [, requests = 0, seconds = 0] = (/^(\d{1,7})\/(\d{1,5})$/.exec(value) ?? []).map(Number);
  if (requests === 0 || seconds === 0)
    context.addIssue({ code: 'custom', message: 'must be requests/seconds, as 30/10, or off' });
  return { requests, seconds };
});

const addressBlocks = z.string().transform((value, context): ReadonlyArray<AddressBlock> => {
  const texts = value.split(',').map((text) => text.trim());
  const blocks = texts.map(parseBlock);
  const wrong = texts.filter((_, index) => blocks[index] === null);
  if (wrong.length > 0)
    context.addIssue({ code: 'custom', message: `must be addresses and blocks, as 10.0.0.0/8: ${wrong.join(', ')}` });
  return blocks.filter((block) => block !== null);
});

const isOrigin = (value: string): boolean => URL.canParse(value) && new URL(value).origin === value;

const origins = z.string().transform((value, context): ReadonlyArray<string> => {
  const list = value.split(',').map((origin) => origin.trim());
  if (!list.every(isOrigin))
    context.addIssue({
      code: 'custom',
      message: 'must be origins like https://shop.example, several separated by commas',
    });
  return list;
});

const eventStore = z.string().superRefine((value, context) => {
  const read = parseConnectionString(value);
  if (E.isLeft(read)) context.addIssue({ code: 'custom', message: read.left });
});

/**
 * Every variable there is, with its default and what it means; the table in the README is made from this. An empty
 * value counts as not set. Durations are milliseconds, as their names say.
 */
export const environment = z.object({
  HTTP_PORT: whole(0, 65_535).default(3000).describe('Port of the HTTP server; 0 takes any free one.'),
  HTTP_HOST: z.string().default('127.0.0.1').describe('Address it listens on; `0.0.0.0` for all.'),
  DATA_DIR: z.string().default('./data').describe('Directory of the embedded engines. One process at a time owns it.'),
  DISK_MIN_FREE_MB: whole(0, 1_000_000_000)
    .default(100)
    .describe(
      'With less room on its disk, in MiB, whatever would write is 503, so that what was accepted can be carried out. 0: not looked at.',
    ),
  PROCESSES: processes
    .default(PROCESS_NAMES)
    .describe(
      'What this process runs: `all`, or some of `api,worker,projector,relay,scheduler` (needs all three servers).',
    ),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('`debug`, `info`, `warn`, `error` or `silent`. Lines are JSON, on stdout.'),
  EVENTSTORE_URL: eventStore
    .optional()
    .describe(
      'EventStoreDB connection string, as its clients read it. Not set: embedded. Not for the environment of the server itself, which reads every `EVENTSTORE_…` as an option of its own.',
    ),
  KAFKA_BROKERS: brokers.optional().describe('Kafka brokers, `host:port,host:port`. Not set: embedded.'),
  KAFKA_PARTITIONS: whole(1, 1_000)
    .default(3)
    .describe('Partitions of the command topics when they are created, embedded or Kafka.'),
  KAFKA_SESSION_TIMEOUT_MS: whole(500, 300_000)
    .default(6_000)
    .describe('A worker silent for so long loses its partitions to the others; within what the brokers allow.'),
  KAFKA_REPLICATION: whole(1, 10).default(1).describe('Replication factor of topics when they are created.'),
  KAFKA_CLIENT_ID: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .default('doorbuster')
    .describe('What this process calls itself to the brokers: for their logs and quotas.'),
  KAFKA_SSL: z.enum(['true', 'false']).default('false').describe('`true`: brokers are spoken to by TLS.'),
  KAFKA_CA_FILE: z
    .string()
    .optional()
    .describe('PEM file of the authority that signed their certificates, where Node does not know it.'),
  KAFKA_CERT_FILE: z
    .string()
    .optional()
    .describe('PEM file of the certificate of this client, where brokers ask for one.'),
  KAFKA_KEY_FILE: z.string().optional().describe('PEM file of the key of that certificate.'),
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'])
    .optional()
    .describe(
      'How this user proves itself: `plain`, `scram-sha-256` or `scram-sha-512`. Not set: nobody in particular.',
    ),
  KAFKA_SASL_USERNAME: z.string().optional().describe('User at the brokers.'),
  KAFKA_SASL_PASSWORD: z.string().optional().describe('Its password.'),
  REDIS_URL: url('redis:', 'rediss:')
    .optional()
    .describe('Redis for gate, read models, snapshots, idempotency keys and leases. Not set: embedded.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: web
    .optional()
    .describe('Where traces are sent, OTLP over HTTP. Not set: nothing is traced.'),
  ALERT_WEBHOOK_URL: web
    .optional()
    .describe('Where alerts are posted, in the format of Slack. Not set: they are logged.'),
  ALERT_TIMEOUT_MS: milliseconds(60_000).default(5_000).describe('How long one alert may take.'),
  AUTH: z
    .enum(['off', 'jwt'])
    .optional()
    .describe(
      '`jwt`: whoever asks shows a token of the shop or an API key. `off`: nobody shows anything, and only this machine is answered. Not set: `off` on a loopback `HTTP_HOST`; anywhere else it must be set.',
    ),
  AUTH_ISSUER: z
    .string()
    .optional()
    .describe(
      'Issuer of the tokens of users (`iss`). `dev`: the tokens of `doorbuster token`, not in production. Not set: API keys alone.',
    ),
  AUTH_AUDIENCE: z.string().optional().describe('Whom those tokens are for (`aud`): this shop.'),
  AUTH_JWKS_URL: web.optional().describe('Where the issuer publishes its keys (JWKS).'),
  AUTH_JWKS_FILE: z.string().optional().describe('The same as a file, read at start.'),
  AUTH_ROLES_CLAIM: z
    .string()
    .default('roles')
    .describe('Claim in which a token names `operator`, `service` or `viewer`; dots lead into objects.'),
  API_KEYS_FILE: z
    .string()
    .optional()
    .describe('File of the API keys, hashed; written by `doorbuster keys`. Not set: `api-keys.json` in `DATA_DIR`.'),
  ADMIN_TOKEN: z.string().min(16).optional().describe('The key of an operator called `admin`, 16 characters or more.'),
  KEYS_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe(
      'What the keys that sign passes are encrypted with where they are stored, 32 characters or more. Not set: as they are.',
    ),
  OPS_PORT: whole(0, 65_535)
    .optional()
    .describe('A port for `/metrics` and `/health/*` alone, which asks nobody who they are. Not set: none.'),
  RATE_LIMIT_USER: quota
    .optional()
    .describe(
      'Requests of one user in so many seconds, as `30/10`, or `off`; above it 429. Not set: `30/10` with `AUTH=jwt`, else off.',
    ),
  RATE_LIMIT_ADDRESS: quota
    .optional()
    .describe(
      'The same for one address (of IPv6 one /64). Services and operators are not counted. Not set: `300/10` with `AUTH=jwt`, else off.',
    ),
  CHALLENGE_PROVIDER: z
    .enum(['altcha'])
    .default('altcha')
    .describe('Whose challenges products may ask for: `altcha`, proof of work without anybody else’s servers.'),
  CHALLENGE_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe('Signs challenges, 16 characters or more. Not set: one of this process, good where one process answers.'),
  TRUSTED_PROXIES: addressBlocks
    .optional()
    .describe('Proxies whose `X-Forwarded-For` is believed: addresses and blocks, `10.0.0.0/8,::1`. Not set: none.'),
  CORS_ORIGINS: origins
    .optional()
    .describe('Origins whose pages may call from a browser, `https://shop.example,…`. Not set: none but its own.'),
  MAX_IN_FLIGHT: whole(1, 1_000_000)
    .default(20_000)
    .describe('Requests answered at once; above it 503 with `Retry-After`.'),
  MAX_CONNECTIONS: whole(1, 1_000_000).default(50_000).describe('Open connections; above it new ones are closed.'),
  MAX_SSE_CONNECTIONS: whole(0, 1_000_000)
    .default(20_000)
    .describe('Open streams of server-sent events; above it 503 with `Retry-After`.'),
  MAX_WAITING: whole(0, 1_000_000)
    .default(10_000)
    .describe('Answers held back at once by `Prefer: wait`; above it they are given at once.'),
  REQUEST_TIMEOUT_MS: milliseconds(300_000).default(30_000).describe('How long a client may take to send a request.'),
  KEEP_ALIVE_TIMEOUT_MS: milliseconds(3_600_000)
    .default(65_000)
    .describe('How long an unused connection stays open; longer than the load balancer in front keeps its own.'),
  DRAIN_NOTICE_MS: whole(0, 300_000)
    .default(0)
    .describe('How long a stop says not ready before it takes no new connections: for load balancers.'),
  OPERATION_TIMEOUT_MS: milliseconds(60_000)
    .default(5_000)
    .describe('How long pause, resume and quantity wait for the writer.'),
  LOG_MAX_PENDING: whole(1, 10_000_000)
    .default(50_000)
    .describe('Messages on their way into the log at once; above it 503 with `Retry-After`.'),
  COUPONS_IN_MEMORY: whole(1_000, 100_000_000)
    .default(3_000_000)
    .describe('Holders of coupons kept in memory by a writer and by the gate, all coupons together.'),
  WAITING_IDLE_MS: milliseconds(86_400_000)
    .default(300_000)
    .describe('How long a waiting place survives without a sign of its holder.'),
  WAITING_CLAIM_MS: milliseconds(3_600_000)
    .default(60_000)
    .describe('How long a place that was let in waits to be claimed before it is given on.'),
  WAITING_ACTIVE_IDLE_MS: milliseconds(86_400_000)
    .default(120_000)
    .describe('How long an active place survives without a sign of its holder.'),
  WAITING_IN_MEMORY: whole(1_000, 100_000_000)
    .default(1_000_000)
    .describe('Places of waiting rooms kept in memory by a writer, all rooms together.'),
  PASS_ROTATION_MS: whole(60_000, 31_536_000_000)
    .default(86_400_000)
    .describe('How long one key signs the passes of waiting rooms; as long as a place may be active, or longer.'),
  SHUTDOWN_TIMEOUT_MS: milliseconds(300_000)
    .default(15_000)
    .describe('How long a stop may drain before it exits with 1.'),
  ORDER_HOLD_SECONDS: whole(1, 86_400)
    .default(600)
    .describe('How long the goods of an unpaid order are held, seconds.'),
  PAYMENT_HOLD_SECONDS: whole(1, 86_400)
    .default(120)
    .describe('How long, at most, goods wait for the gateway once a payment is under way, seconds.'),
  LATE_PAYMENT: z
    .enum(['REACQUIRE', 'REFUND'])
    .default('REACQUIRE')
    .describe(
      'Of products that do not say: a payment that comes after the hold may `REACQUIRE` the goods, or is a `REFUND`.',
    ),
  SOLD_OUT: z
    .enum(['REOPEN', 'STAY_CLOSED'])
    .default('REOPEN')
    .describe('The same: once all are bought, goods of cancelled orders `REOPEN` the sale, or it does `STAY_CLOSED`.'),
  ORDER_CANCEL: z
    .enum(['UNTIL_SHIPPED', 'UNTIL_PAID'])
    .default('UNTIL_SHIPPED')
    .describe('The same: how long its user may cancel an order.'),
  DECLINES_ALLOWED: whole(1, 100).default(3).describe('So many declined payments, and an order fails.'),
  DATA_PLATFORM_URL: web.optional().describe('Where order status changes are posted. Not set: nowhere.'),
  DATA_PLATFORM_TIMEOUT_MS: milliseconds(60_000).default(5_000).describe('How long one such call may take.'),
  NAVER_PAY_URL: web
    .optional()
    .describe("Base URL of Naver Pay with the partner's path. Not set: a sandbox that moves no money."),
  NAVER_PAY_CLIENT_ID: z.string().default('').describe('Client id of Naver Pay.'),
  NAVER_PAY_CLIENT_SECRET: z.string().default('').describe('Client secret of Naver Pay.'),
  NAVER_PAY_CHAIN_ID: z.string().optional().describe('Chain id of Naver Pay, where the merchant has one.'),
  GATEWAY_TIMEOUT_MS: milliseconds(60_000)
    .default(3_000)
    .describe('How long one call to the payment gateway may take.'),
  SANDBOX_DECLINE_RATE: z.coerce.number().min(0).max(1).default(0).describe('Share of charges the sandbox declines.'),
  SANDBOX_TIMEOUT_RATE: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Share of charges the sandbox carries out without an answer.'),
});

export type Environment = z.infer<typeof environment>;
export const ALL_PROCESSES: ReadonlyArray<ProcessName> = PROCESS_NAMES;
