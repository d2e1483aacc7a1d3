#!/usr/bin/env node
/**
 * A real Kafka for tests and for trying things out: one broker in KRaft mode, on the JVM that is here, from its Maven
 * artifacts. Needs Node, a JDK 17 or newer and Maven; nothing is installed outside `.cache/`.
 *
 *   node scripts/kafka.mjs fetch
 *   node scripts/kafka.mjs start [--dir DIR] [--port N] [--advertise N] [--while PID] [--also SASL_SSL:N] [--set key=value …]
 *                                [--node N --voters PORT,PORT,PORT]
 *   node scripts/kafka.mjs stop  [--dir DIR]
 *
 * `start` prints one line of JSON: {brokers, port, pid, dir}; starting again on the same DIR keeps its data and port.
 * `--advertise` is the port clients are sent to (a proxy's); `--while` ends the broker with that process;
 * `--also` opens another listener, of this protocol on this port; `--voters` makes it the nth node of a cluster whose
 * controllers listen on these ports: start all of them at once, none is ready before most of them are there.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const pom = join(here, 'kafka', 'pom.xml');
const version = /<artifactId>kafka_[^<]*<\/artifactId>\s*<version>([^<]+)</.exec(readFileSync(pom, 'utf8'))[1];
const cache = join(here, '..', '.cache');
const jars = join(cache, `kafka-${version}`);
const formatted = join(cache, `kafka-${version}-formatted`);

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

const requireProgram = (program, what, arguments_) => {
  const { error, status, stdout, stderr } = spawnSync(program, arguments_, { encoding: 'utf8' });
  if (error || status !== 0) fail(`Kafka needs ${what}: '${program}' was not found or does not run.`);
  return `${stdout}${stderr}`;
};

const requireJava = () => {
  const major = Number(/version "(\d+)/.exec(requireProgram('java', 'a JDK 17 or newer', ['-version']))?.[1]);
  if (!(major >= 17)) fail(`Kafka needs a JDK 17 or newer; 'java' is version ${major}.`);
};

/** The jars, once. Filled beside and renamed, so that two at once do not see half of it. */
const fetchJars = () => {
  if (existsSync(jars)) return;
  requireProgram('mvn', 'Maven, to fetch its artifacts', ['-v']);
  mkdirSync(cache, { recursive: true });
  const partial = `${jars}.${process.pid}`;
  const { status, stdout } = spawnSync(
    'mvn',
    ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${partial}`],
    { encoding: 'utf8' },
  );
  if (status !== 0) fail(`Maven could not fetch Kafka ${version}:\n${stdout}`);
  moveInto(partial, jars);
};

const moveInto = (partial, target) => {
  try {
    renameSync(partial, target);
  } catch {
    rmSync(partial, { recursive: true, force: true });
  }
};

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

const listener = (also) => also.map(({ protocol, port }) => `,${protocol}://127.0.0.1:${port}`).join('');

const alsoOf = (given) => {
  const [protocol, port] = given.split(':');
  return { protocol, port };
};

/** Tuned for one machine, a quick start and quick rebalances; nothing here is for production. */
const properties = ({ port, node, voters, advertise, dir, also, set }) =>
  [
    'process.roles=broker,controller',
    `node.id=${node}`,
    `controller.quorum.voters=${voters.map((voter, before) => `${before + 1}@127.0.0.1:${voter}`).join(',')}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${voters[node - 1]}${listener(also)}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${advertise}${listener(also)}`,
    'controller.listener.names=CONTROLLER',
    `listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT${also.map(({ protocol }) => `,${protocol}:${protocol}`).join('')}`,
    'inter.broker.listener.name=PLAINTEXT',
    `log.dirs=${join(dir, 'data')}`,
    'num.partitions=1',
    'auto.create.topics.enable=false',
    `offsets.topic.replication.factor=${voters.length}`,
    'offsets.topic.num.partitions=4',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'transaction.state.log.num.partitions=1',
    'group.initial.rebalance.delay.ms=0',
    'group.min.session.timeout.ms=500',
    'broker.heartbeat.interval.ms=200',
    'broker.session.timeout.ms=1000',
    'num.network.threads=2',
    'num.io.threads=4',
    'log.cleaner.dedupe.buffer.size=2097152',
    'log.cleaner.io.buffer.size=65536',
    ...set,
  ].join('\n') + '\n';

const log4j = (dir) =>
  [
    'log4j.rootLogger=INFO, file',
    'log4j.appender.file=org.apache.log4j.FileAppender',
    `log4j.appender.file.File=${join(dir, 'broker.log')}`,
    'log4j.appender.file.layout=org.apache.log4j.PatternLayout',
    'log4j.appender.file.layout.ConversionPattern=%d{ISO8601} %p %m (%c)%n',
  ].join('\n') + '\n';

const java = (dir, main, ...arguments_) => [
  '-Xms128m',
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Xshare:auto',
  `-Dlog4j.configuration=file:${join(dir, 'log4j.properties')}`,
  '-cp',
  join(jars, '*'),
  main,
  ...arguments_,
];

/** Each node has an id of its own, and its directory too. */
const format = (dir, settings, node) => {
  formatOne(dir, settings);
  const meta = join(dir, 'data', 'meta.properties');
  const own = readFileSync(meta, 'utf8')
    .replace(/^node\.id=.*/m, `node.id=${node}`)
    .replace(/^directory\.id=.*/m, `directory.id=${randomBytes(16).toString('base64url')}`);
  writeFileSync(meta, own);
};

/** An empty log directory is formatted once and copied from then on: a second JVM costs more than the copy. */
const formatOne = (dir, settings) => {
  if (!existsSync(formatted)) {
    const { status, stdout, stderr } = spawnSync(
      'java',
      java(dir, 'kafka.tools.StorageTool', 'format', '-t', 'ZG9vcmJ1c3RlcnRlc3RzMQ', '-c', settings),
      { encoding: 'utf8' },
    );
    if (status !== 0) fail(`Kafka could not format its log directory:\n${stdout}${stderr}`);
    const partial = `${formatted}.${process.pid}`;
    cpSync(join(dir, 'data'), partial, { recursive: true });
    moveInto(partial, formatted);
    return;
  }
  cpSync(formatted, join(dir, 'data'), { recursive: true });
};

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const readState = (dir) => {
  const file = join(dir, 'kafka.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

const started = async (dir, from, pid) => {
  const log = join(dir, 'broker.log');
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (existsSync(log) && readFileSync(log, 'utf8').slice(from).includes('Kafka Server started')) return;
    if (!alive(pid)) fail(`Kafka did not start; see ${log} and ${join(dir, 'broker.out')}`);
    await sleep(50);
  }
  fail(`Kafka did not start within 60 s; see ${log}`);
};

const start = async (options) => {
  requireJava();
  fetchJars();
  const dir = resolve(options.dir);
  const before = readState(dir);
  for (let waited = 0; before && alive(before.pid) && waited < 1_000; waited += 50) await sleep(50);
  if (before && alive(before.pid)) fail(`A Kafka already runs on ${dir} (process ${before.pid}).`);
  mkdirSync(dir, { recursive: true });
  const port = Number(options.port ?? before?.port ?? (await freePort()));
  const advertise = Number(options.advertise ?? before?.advertise ?? port);
  const node = Number(options.node ?? before?.node ?? 1);
  const voters = options.voters?.split(',').map(Number) ?? before?.voters ?? [await freePort()];
  const settings = join(dir, 'server.properties');
  writeFileSync(
    settings,
    properties({
      port,
      node,
      voters,
      advertise,
      dir,
      also: (options.also ?? []).map(alsoOf),
      set: options.set ?? [],
    }),
  );
  writeFileSync(join(dir, 'log4j.properties'), log4j(dir));
  if (!existsSync(join(dir, 'data', 'meta.properties'))) format(dir, settings, node);
  const log = join(dir, 'broker.log');
  const from = existsSync(log) ? readFileSync(log, 'utf8').length : 0;
  const out = openSync(join(dir, 'broker.out'), 'a');
  const { pid } = spawn('java', java(dir, 'kafka.Kafka', settings), { detached: true, stdio: ['ignore', out, out] });
  if (options.while !== undefined) {
    spawn(process.execPath, [join(here, 'end-with.mjs'), options.while, String(pid)], {
      detached: true,
      stdio: 'ignore',
    }).unref();
  }
  await started(dir, from, pid);
  const state = { brokers: [`127.0.0.1:${advertise}`], port, advertise, node, voters, pid, dir };
  writeFileSync(join(dir, 'kafka.json'), JSON.stringify(state));
  console.log(JSON.stringify(state));
  process.exit(0);
};

const stop = async ({ dir }) => {
  const state = readState(resolve(dir));
  if (!state || !alive(state.pid)) return console.log('No Kafka runs here.');
  process.kill(state.pid, 'SIGTERM');
  for (let waited = 0; alive(state.pid) && waited < 10_000; waited += 50) await sleep(50);
  if (alive(state.pid)) process.kill(state.pid, 'SIGKILL');
  console.log('Stopped.');
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string', default: join(cache, 'kafka-dev') },
    port: { type: 'string' },
    advertise: { type: 'string' },
    while: { type: 'string' },
    also: { type: 'string', multiple: true },
    set: { type: 'string', multiple: true },
    node: { type: 'string' },
    voters: { type: 'string' },
  },
});

const usage = () =>
  fail('usage: node scripts/kafka.mjs fetch|start|stop [--dir DIR] [--port N] [--advertise N] [--while PID]');
const commands = { fetch: fetchJars, start, stop };
await (commands[positionals[0]] ?? usage)(values);
