import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { COUPON_ISSUE_GROUP } from '../../src/application/kernel/messaging/topics.js';
import { isExposed } from '../../src/adapters/identity/private-file.js';
import { ALL_PROCESSES, environment } from '../../src/infrastructure/config/environment.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { SECRETS } from '../../src/infrastructure/config/secret-files.js';

const labels = z.record(z.string(), z.string());
const container = z.object({
  image: z.string(),
  env: z.array(z.object({ name: z.string(), value: z.string() })),
  resources: z.object({
    requests: z.object({ cpu: z.string(), memory: z.string() }),
    limits: z.object({ memory: z.string() }),
  }),
  securityContext: z.object({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  startupProbe: z.object({ httpGet: z.object({ path: z.literal('/health/live') }) }),
  livenessProbe: z.object({ httpGet: z.object({ path: z.literal('/health/live') }) }),
  readinessProbe: z.object({ httpGet: z.object({ path: z.literal('/health/ready') }) }),
  lifecycle: z.object({
    preStop: z.object({ exec: z.object({ command: z.tuple([z.literal('sleep'), z.string()]) }) }),
  }),
});
/** Whatever of this is missing or otherwise, the chart breaks a rule. */
const deployment = z.object({
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    replicas: z.number().optional(),
    strategy: z.object({ rollingUpdate: z.object({ maxUnavailable: z.literal(0) }) }),
    selector: z.object({ matchLabels: labels }),
    template: z.object({
      metadata: z.object({ labels }),
      spec: z.object({
        automountServiceAccountToken: z.literal(false),
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.object({
          runAsNonRoot: z.literal(true),
          runAsUser: z.literal(1000),
          fsGroup: z.literal(1000),
        }),
        volumes: z.array(z.object({ secret: z.object({ defaultMode: z.number() }).optional() })),
        topologySpreadConstraints: z.array(z.object({ topologyKey: z.string() })).min(2),
        containers: z.tuple([container]),
      }),
    }),
  }),
});
const any = z.looseObject({ kind: z.string(), metadata: z.object({ name: z.string() }) });

const folder = join('test', 'fixtures', 'helm');
const examples = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));
const of = (example: string) =>
  parseAllDocuments(readFileSync(join(folder, `${example}.yaml`), 'utf8')).map((each) => any.parse(each.toJS()));
const deploymentsOf = (example: string) =>
  of(example)
    .filter(({ kind }) => kind === 'Deployment')
    .map((each) => deployment.parse(each));
const one = <A>(example: string, kind: string, shape: z.ZodType<A>): A =>
  shape.parse(of(example).find((each) => each.kind === kind));
const environmentOf = ({ spec }: z.infer<typeof deployment>): ReadonlyMap<string, string> =>
  new Map(spec.template.spec.containers[0].env.map(({ name, value }) => [name, value]));

test('what the chart renders was rendered from the chart as it is: node scripts/render-helm.mjs', () => {
  const hash = createHash('sha256');
  for (const directory of ['deploy/helm/doorbuster', 'deploy/helm/examples'])
    for (const { name, parentPath } of readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((each) => !each.isDirectory())
      .map(({ name: file, parentPath: parent }) => ({ name: file, parentPath: parent }))
      .toSorted((left, right) => (join(left.parentPath, left.name) < join(right.parentPath, right.name) ? -1 : 1)))
      hash.update(`${join(parentPath, name)}\n`).update(readFileSync(join(parentPath, name)));
  expect(hash.digest('hex')).toBe(readFileSync(join(folder, 'chart.sha256'), 'utf8').trim());
});

describe.each(examples)('the chart with the values of %s', (example) => {
  const deployments = deploymentsOf(example);

  test('mounts secrets as files that a process takes: they belong to root, and are read by its group alone', () => {
    const volumes = deployments.flatMap(({ spec }) => spec.template.spec.volumes);
    const modes = volumes.flatMap(({ secret }) => (secret === undefined ? [] : [secret.defaultMode]));
    expect(modes.length).toBeGreaterThanOrEqual(deployments.length);
    for (const mode of modes) expect([mode, isExposed({ mode, uid: 0 }, 1_000)]).toEqual([0o440, false]);
  });

  test('runs every process apart, none of which may do what it need not, each ready before the next is stopped', () => {
    const run = deployments.map((each) => environmentOf(each).get('PROCESSES'));
    expect(run.toSorted()).toEqual([...ALL_PROCESSES].toSorted());
    for (const { spec } of deployments)
      expect(spec.template.spec.containers[0].image).toMatch(/(:\d+\.\d+\.\d+|@sha256:[0-9a-f]{64})$/);
  });

  test('gives every process the time that it says it takes to stop', () => {
    for (const each of deployments) {
      const given = environmentOf(each);
      const [{ lifecycle }] = each.spec.template.spec.containers;
      const takes =
        Number(lifecycle.preStop.exec.command[1]) * 1_000 +
        Number(given.get('DRAIN_NOTICE_MS') ?? 0) +
        Number(given.get('SHUTDOWN_TIMEOUT_MS'));
      expect(each.spec.template.spec.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(takes);
    }
  });

  test('starts each with an environment that is valid, and in which no secret stands', () => {
    for (const each of deployments) {
      const given = environmentOf(each);
      expect(SECRETS.filter((name) => given.has(name))).toEqual([]);
      const filled: Record<string, string> = {};
      for (const [name, value] of given) {
        const secret = SECRETS.find((known) => `${known}_FILE` === name);
        expect(secret !== undefined || name in environment.shape ? '' : name).toBe('');
        filled[secret ?? name] = secret === undefined ? value : `a-secret-of-at-least-thirty-two-characters-${secret}`;
      }
      filled['EVENTSTORE_URL'] = 'esdb://user:password@events:2113';
      filled['REDIS_URL'] = 'rediss://redis';
      expect(loadConfig(filled)).toMatchObject({ _tag: 'Right', right: { AUTH: 'jwt' } });
    }
  });

  test('never lets more than one of a kind go at once, and lets nobody in from elsewhere', () => {
    const budget = z.object({
      spec: z.object({ maxUnavailable: z.literal(1), selector: z.object({ matchLabels: labels }) }),
    });
    const budgets = of(example)
      .filter(({ kind }) => kind === 'PodDisruptionBudget')
      .map((each) => budget.parse(each).spec.selector.matchLabels);
    expect(budgets).toEqual(expect.arrayContaining(deployments.map(({ spec }) => spec.selector.matchLabels)));
    const policy = one(
      example,
      'NetworkPolicy',
      z.object({
        spec: z.object({ podSelector: z.object({ matchLabels: labels }), policyTypes: z.array(z.string()) }),
      }),
    );
    expect(policy.spec.policyTypes).toEqual(['Ingress', 'Egress']);
    for (const { spec } of deployments)
      expect(spec.template.metadata.labels).toMatchObject(policy.spec.podSelector.matchLabels);
    const service = one(example, 'Service', z.object({ spec: z.object({ selector: labels }) }));
    expect(service.spec.selector).not.toEqual({});
  });

  test('brings the board and the alerts along', () => {
    const map = z.object({ data: labels });
    const contents = of(example)
      .filter(({ kind }) => kind === 'ConfigMap')
      .map((each) => map.parse(each).data);
    expect(contents).toEqual([
      { 'doorbuster.json': readFileSync('deploy/grafana/dashboards/doorbuster.json', 'utf8') },
      { 'alerts.yml': readFileSync('deploy/prometheus/alerts.yml', 'utf8') },
    ]);
  });
});

test('where replicas follow the load nothing else says how many there are, and the lag asked for is the workers’', () => {
  const replicas = Object.fromEntries(
    deploymentsOf('scaled').map(({ metadata, spec }) => [metadata.name, spec.replicas]),
  );
  expect(replicas).toMatchObject({ 'shop-api': undefined, 'shop-worker': undefined, 'shop-relay': 2 });
  const scaled = z.object({
    spec: z.object({
      maxReplicaCount: z.number(),
      triggers: z.tuple([z.object({ metadata: labels, authenticationRef: labels })]),
    }),
  });
  const { spec } = one('scaled', 'ScaledObject', scaled);
  const [worker] = deploymentsOf('scaled').filter(({ metadata }) => metadata.name === 'shop-worker');
  const partitions = worker === undefined ? 0 : Number(environmentOf(worker).get('KAFKA_PARTITIONS'));
  expect(spec.triggers[0].metadata).toMatchObject({
    consumerGroup: COUPON_ISSUE_GROUP,
    topic: 'coupon-issue-requests',
  });
  expect(spec.maxReplicaCount).toBeLessThanOrEqual(partitions);
  expect(spec.triggers[0].authenticationRef).toEqual({ name: 'shop-kafka' });
});

const { status: helm } = spawnSync('helm', ['version', '--short']);
(helm === 0 ? test : test.skip)('KEDA is not told to ask a Kafka that would not answer it', () => {
  const example = ['--kube-version', '1.30.0', '--values', 'deploy/helm/examples/scaled.yaml'];
  const values = [...example, '--set', 'keda.authentication='];
  const refused = spawnSync('helm', ['template', 'shop', 'deploy/helm/doorbuster', ...values], { encoding: 'utf8' });
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('keda.authentication')]);
});

(helm === 0 ? test : test.skip)(
  `${helm === 0 ? '' : 'not run, there is no helm: '}Helm finds nothing wrong with the chart, and renders what is checked here`,
  () => {
    for (const example of examples) {
      const values = ['--kube-version', '1.30.0', '--values', `deploy/helm/examples/${example}.yaml`];
      const lint = spawnSync('helm', ['lint', '--strict', 'deploy/helm/doorbuster', ...values], { encoding: 'utf8' });
      expect([lint.status, lint.stderr]).toEqual([0, expect.any(String)]);
      const { stdout } = spawnSync('helm', ['template', 'shop', 'deploy/helm/doorbuster', ...values], {
        encoding: 'utf8',
      });
      expect(stdout).toBe(readFileSync(join(folder, `${example}.yaml`), 'utf8'));
    }
  },
);
