import { VERSIONS } from './behaviour.js';
import { openStandIn } from './open-stand-in.js';

const [directory, port, release, host] = process.argv.slice(2);
if (directory === undefined) throw new Error('Name the data directory, and a port if it must be a certain one');
const version = VERSIONS.find((known) => known === release);
if (release !== undefined && version === undefined) throw new Error(`Versions are ${VERSIONS.join(' and ')}`);

const { connectionString, sweep, stop } = await openStandIn(
  directory,
  Number(port ?? 0),
  { ...(version !== undefined && { version }) },
  host,
);
process.stdout.write(`${connectionString}\n`);
setInterval(() => void sweep(), 60_000).unref();
process.once('SIGTERM', () => void stop().then(() => process.exit(0)));
