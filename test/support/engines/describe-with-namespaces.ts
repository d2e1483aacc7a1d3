import { spawnSync } from 'node:child_process';
import { note } from './describe-with.js';

/** What `unshare` is told for a process that is PID 1 and may mount file systems; who is not root needs a user namespace. */
export const namespaces: ReadonlyArray<string> = [
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  ...['--mount', '--pid', '--fork', '--mount-proc', '--kill-child', '--'],
];

const mount = 'mount -t tmpfs -o size=1m tmpfs "$0"';
const probe = [...namespaces, 'sh', '-c', mount, '/mnt'];

/**
 * A suite that needs namespaces of the kernel: processes that are PID 1, small file systems of their own. Where those may
 * not be made the suite is reported as not run. At the top of a test file: `await describeWithNamespaces(() => { it(…) })`.
 */
export const describeWithNamespaces = async (suite: () => void): Promise<void> => {
  const { status, stderr, error } = spawnSync('unshare', probe, { encoding: 'utf8' });
  const reason = error?.message ?? stderr.trim();
  await note('namespaces', status === 0, status === 0 ? 'by unshare' : `namespaces cannot be made: ${reason}`);
  if (status === 0) describe('in namespaces of its own', suite);
  else describe('in namespaces of its own', () => it.skip(`not run: ${reason}`, () => undefined));
};
