import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { note } from './describe-with.js';

/** A network of two: this machine, and one beside it that exists in the kernel alone. */
export interface Network {
  /** This machine's address in it. */
  readonly host: string;
  /** Runs a script of Node's on the other machine; what it says goes on its standard output. Ended with the suite. */
  readonly run: (script: string) => ChildProcess;
  /** The other machine's network is gone: it neither hears nor says anything more, not even that it went. */
  readonly vanish: () => void;
}

const ip = (...args: ReadonlyArray<string>): void => {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(error?.message ?? stderr.trim());
};

const make = () => {
  const name = `shop${process.pid}`;
  const [near, far] = [`${name}a`, `${name}b`];
  // Of the addresses kept for tests of networks.
  const address = (n: number): string => `198.18.${process.pid % 256}.${n}`;
  const remove = (): void => ip('netns', 'del', name);
  ip('netns', 'add', name);
  try {
    ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name);
    ip('addr', 'add', `${address(1)}/30`, 'dev', near);
    ip('link', 'set', near, 'up');
    ip('-n', name, 'addr', 'add', `${address(2)}/30`, 'dev', far);
    ip('-n', name, 'link', 'set', far, 'up');
  } catch (error) {
    remove();
    throw error;
  }
  const running = new Set<ChildProcess>();
  const network: Network = {
    host: address(1),
    run: (script) => {
      const command = ['netns', 'exec', name, process.execPath, '--input-type=module', '-e', script];
      const child = spawn('ip', command, { stdio: ['ignore', 'pipe', 'inherit'] });
      running.add(child);
      return child;
    },
    vanish: () => ip('-n', name, 'link', 'set', far, 'down'),
  };
  const end = async (): Promise<void> => {
    for (const child of running) {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
      child.kill('SIGKILL');
      await ended;
    }
    // The kernel keeps the namespace while a connection in it waits for answers that cannot come.
    ip('link', 'del', near);
    remove();
  };
  return { network, end };
};

/**
 * A suite that needs a network that can vanish. Where none may be made, which takes Linux and its root, the suite is
 * reported as not run. At the top of a test file: `await describeWithNetwork((network) => { it(…) })`.
 */
export const describeWithNetwork = async (suite: (network: Network) => void): Promise<void> => {
  try {
    const { network, end } = make();
    await note('network', true, 'network namespaces');
    describe('over a network of its own', () => {
      afterAll(end);
      suite(network);
    });
  } catch (error) {
    const reason = `no network can be made: ${error instanceof Error ? error.message : String(error)}`;
    await note('network', false, reason);
    describe('over a network of its own', () => it.skip(`not run: ${reason}`, () => undefined));
  }
};
