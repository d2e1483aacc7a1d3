import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parse } from 'yaml';
import { z } from 'zod';
import { isLocal } from '../../src/adapters/http/identity/authenticate.js';
import { asyncApi } from '../../src/application/operating/documents/asyncapi.js';
import { ALL_PROCESSES, environment } from '../../src/infrastructure/config/environment.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { allProjections } from '../../src/application/operating/all-projections.js';
import { createPrometheusMetrics } from '../../src/infrastructure/metrics/prometheus-metrics.js';

const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  stop_grace_period: z.string().optional(),
  profiles: z.array(z.string()).default([]),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).default([]),
  command: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).default({}),
});
const compose = z.object({ services: z.record(z.string(), service) });
const read = (file: string): unknown => parse(readFileSync(file, 'utf8'), { merge: true });

const { services } = compose.parse(read('docker-compose.yml'));
const dockerfile = readFileSync('Dockerfile', 'utf8');
const baseImages = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image);
const healthCheck = z.array(z.string()).parse(JSON.parse(/^HEALTHCHECK [^[]*(\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]'));
/** What the health check of the image says of a server at this port. */
const checkedAt = async (port: number): Promise<unknown> => {
  const [program = '', ...args] = healthCheck;
  const check = spawn(program, args, { env: { ...process.env, HTTP_PORT: String(port) }, stdio: 'ignore' });
  const [code]: unknown[] = await once(check, 'exit');
  return code;
};
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
/** What runs if nothing else is asked for. */
const apart = ours.filter(([, { profiles }]) => profiles.length === 0);
/** As an operator who set nothing finds it: `${NAME:-default}` is the default. */
const filledIn = (value: string): string => value.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

describe('docker-compose.yml', () => {
  test('runs every process apart, two of them answering', () => {
    const run = apart.map(([, { environment: given }]) => given['PROCESSES'] ?? '');
    expect(run.toSorted()).toEqual(['api', ...ALL_PROCESSES].toSorted());
  });

  test('names by its digest every image that is not ours, except EventStoreDB, which it names by version', () => {
    const theirs = Object.values(services)
      .filter(({ build }) => build === undefined)
      .map(({ image }) => image);
    const unpinned = [...theirs, ...baseImages].filter(
      (image) => !/^[\w/]+:[\w.-]+@sha256:[0-9a-f]{64}( |$)/.test(image),
    );
    expect(unpinned).toEqual([expect.stringMatching(/^eventstore\/eventstore:24\.6\.\d+-/)]);
    expect(baseImages).not.toEqual([]);
  });

  test('runs one process that does everything, if the small profile is asked for', () => {
    const small = ours.filter(([, { profiles }]) => profiles.includes('small'));
    expect(small.map(([, { environment: given }]) => given['PROCESSES'])).toEqual(['all']);
  });

  test.each(ours)(
    '%s can write nothing but its volume, and has no right that Docker gives',
    (_, { read_only, cap_drop }) => {
      expect({ read_only, cap_drop }).toEqual({ read_only: true, cap_drop: ['ALL'] });
    },
  );

  test.each(ours)(
    '%s starts with an environment every variable of which is known and valid',
    (_, { environment: given }) => {
      const unknown = Object.keys(given).filter((name) => !(name in environment.shape));
      expect(unknown).toEqual([]);
      const filled = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, filledIn(value)]));
      expect(loadConfig(filled)).toMatchObject({ _tag: 'Right', right: { AUTH: 'jwt' } });
    },
  );

  test('names servers that are there, and waits for their health', () => {
    for (const [, { environment: given, depends_on }] of ours) {
      const hosts = [given['EVENTSTORE_URL'], given['KAFKA_BROKERS'], given['REDIS_URL']].map(
        (url) => /(?:\/\/)?([a-z]+):\d+/.exec(url ?? '')?.[1] ?? '',
      );
      expect(hosts).toEqual(['eventstore', 'kafka', 'redis']);
      expect(Object.keys(depends_on).toSorted()).toEqual(['eventstore', 'kafka', 'redis']);
    }
  });

  test('every image is of a fixed version and every server tells whether it is well', () => {
    for (const [name, { image, build, healthcheck }] of Object.entries(services)) {
      if (build !== undefined) continue;
      expect(image).toMatch(/:v?\d+\.\d+/);
      expect([name, healthcheck?.test[0]]).toEqual([name, expect.stringMatching(/^CMD/)]);
    }
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/^HEALTHCHECK [^]*^USER|^USER [^]*^HEALTHCHECK/m);
  });

  test('whoever answers behind a balancer says long enough that it is about to stop, and has the time to', () => {
    const answering = ours.filter(([, { environment: given }]) => given['PROCESSES'] === 'api');
    for (const [, { environment: given, stop_grace_period: grace }] of answering) {
      const notice = Number(given['DRAIN_NOTICE_MS']);
      expect(notice).toBeGreaterThanOrEqual(5_000);
      const { SHUTDOWN_TIMEOUT_MS: drain } = environment.parse({});
      expect(Number.parseInt(grace ?? '', 10) * 1_000).toBeGreaterThan(notice + drain);
    }
  });

  test('no health check starts a runtime', () => {
    const checks = Object.values(services).map(({ healthcheck }) => healthcheck?.test.join(' ') ?? '');
    for (const check of [...checks, healthCheck.join(' ')]) expect(check).not.toMatch(/\b(node|java|python|kafka-)/);
  });

  test.each([
    [200, 0],
    [503, 1],
  ])('the health check of a server that answers its machine with %i ends with %i', async (status, code) => {
    // Without authentication nobody else is answered.
    const server = createServer((request, answer) =>
      answer.writeHead(request.url === '/health/ready' && isLocal(request) ? status : 403).end(),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await checkedAt(port)).toBe(code);
    server.close();
    await once(server, 'close');
    expect(await checkedAt(port)).not.toBe(0);
  });

  test('keeps what names the event store out of the environment of its server, which would not start with it', () => {
    const ownNames = Object.keys(services['eventstore']?.environment ?? {});
    expect(ownNames).not.toHaveLength(0);
    expect(ownNames.filter((name) => name in environment.shape)).toEqual([]);
  });

  test('Redis never evicts what the gate holds', () => {
    expect(services['redis']?.command.join(' ')).toContain('--maxmemory-policy noeviction');
  });
});

describe('the Dockerfile', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  const lines = (file: string): ReadonlyArray<string> => readFileSync(file, 'utf8').split('\n').filter(Boolean);
  /** What is copied from here, each into the place of the same name. */
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
    sources.split(' '),
  );

  test('brings along every file that the build names', () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(read('package.json'));
    const named = [...(scripts['build'] ?? '').matchAll(/[\w./-]+\.(?:mjs|json)\b/g)].map(([file]) => file);
    expect(named).toEqual(['scripts/build.mjs', 'tsconfig.build.json']);
    for (const file of [...named, 'tsconfig.json', 'package-lock.json']) expect(copied).toContain(file);
    expect(copied).toContain('web');
    const left = lines('.dockerignore');
    expect(copied.filter((file) => left.some((ignored) => file.split('/')[0] === ignored))).toEqual([]);
  });

  test('runs Node itself, which is told to end, with the flags of npm start, as nobody special', () => {
    const { scripts } = z.object({ scripts: z.object({ start: z.string() }) }).parse(read('package.json'));
    const command: unknown = JSON.parse(/^CMD (.+)$/m.exec(dockerfile)?.[1] ?? '');
    expect(command).toEqual(scripts.start.split(' '));
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    expect(dockerfile.indexOf('chown 1000:1000 /data')).toBeLessThan(dockerfile.indexOf('USER 1000'));
  });

  test('starts with authentication on, because others can reach the container', () => {
    const variables =
      /^ENV (.+)$/m
        .exec(dockerfile)?.[1]
        ?.split(' ')
        .map((pair) => pair.split('=')) ?? [];
    const config = loadConfig(Object.fromEntries(variables));
    expect(config).toMatchObject({ _tag: 'Right', right: { AUTH: 'jwt', HTTP_HOST: '0.0.0.0', DATA_DIR: '/data' } });
    expect(dockerfile).toContain('mkdir -m 700 /data');
  });

  test('finds every native module built for where it runs: no compiler is there', () => {
    const lock = z
      .object({ packages: z.record(z.string(), z.looseObject({ optional: z.boolean().optional() })) })
      .parse(read('package-lock.json'));
    for (const platform of ['x64', 'arm64'])
      expect(Object.keys(lock.packages)).toContain(`node_modules/@lmdb/lmdb-linux-${platform}`);
  });
});

const panels = z.object({
  uid: z.string(),
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});
const rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});

/** The names of metrics in an expression of Prometheus: what is no function, label, keyword or number. */
const metricsIn = (expression: string): ReadonlyArray<string> => {
  const bare = expression.replace(/\{[^}]*\}|\[[^\]]*\]|\b(by|without) \([^)]*\)|"[^"]*"/g, '');
  const words = ['by', 'offset', 'or', 'unless'];
  return [...bare.matchAll(/\b[a-z][a-z0-9_]*\b(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !words.includes(name));
};

describe('what is watched', () => {
  test('is each of our services, at the port where nobody is asked who they are', () => {
    const job = z.object({ dns_sd_configs: z.tuple([z.object({ names: z.array(z.string()), port: z.number() })]) });
    const { scrape_configs: jobs } = z
      .object({ scrape_configs: z.array(job) })
      .parse(read('deploy/prometheus/prometheus.yml'));
    const watched = jobs.flatMap(({ dns_sd_configs: [{ names, port }] }) => names.map((name) => [name, port] as const));
    const portOf = ({ PROCESSES, OPS_PORT }: Readonly<Record<string, string>>) =>
      PROCESSES === 'api' || PROCESSES === 'all' ? Number(OPS_PORT) : 3_000;
    expect(watched.toSorted()).toEqual(ours.map(([name, { environment: given }]) => [name, portOf(given)]).toSorted());
  });

  const board = panels.parse(JSON.parse(readFileSync('deploy/grafana/dashboards/doorbuster.json', 'utf8')));
  const alerts = rules.parse(read('deploy/prometheus/alerts.yml')).groups.flatMap((group) => group.rules);

  test('every metric on the board and in an alert is one that Doorbuster exposes', async () => {
    const { body } = await createPrometheusMetrics().expose();
    const exposed = new Set(
      [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', kind]) =>
        kind === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
      ),
    );
    // Of Prometheus itself.
    exposed.add('up');
    const expressions = [...board.panels.flatMap(({ targets }) => targets), ...alerts].map(({ expr }) => expr);
    const named = new Set(expressions.flatMap(metricsIn));
    expect(named.size).toBeGreaterThan(15);
    expect([...named].filter((name) => !exposed.has(name))).toEqual([]);
    const views = expressions.flatMap((expr) => [...expr.matchAll(/\bview="([^"]+)"/g)].map(([, view]) => view));
    const names = allProjections.map(({ name }) => name);
    expect(views.length).toBeGreaterThan(0);
    expect(views.filter((view) => !names.some((name) => name === view))).toEqual([]);
  });

  test('the board shows lag as a count and as an age, rates, latencies, the gate, dead letters and connections', () => {
    const named = new Set(board.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr))));
    for (const metric of [
      'kafka_consumer_lag',
      'kafka_consumer_lag_seconds',
      'coupon_requests_total',
      'coupon_issue_count',
      'projection_events_total',
      'coupon_accept_seconds_bucket',
      'coupon_decide_seconds_bucket',
      'coupon_visible_seconds_bucket',
      'relay_latency_seconds_bucket',
      'gate_available',
      'dead_letters_waiting',
      'sse_connection_count',
    ])
      expect(named).toContain(metric);
  });
});

test('the checked-in description of every topic is what the code says', () => {
  const written: unknown = JSON.parse(readFileSync('docs/asyncapi.json', 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(asyncApi(3))));
});
