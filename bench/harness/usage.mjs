// Answers a parent that asks what this process has used. Loaded before the program: node --import ./bench/harness/usage.mjs
import { readFileSync } from 'node:fs';

/** Without pages of files that the kernel keeps at hand, where it tells. */
const ownMemory = (rss) => {
  try {
    const [, kilobytes] = /RssAnon:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
    return Number(kilobytes) * 1_024;
  } catch {
    return rss;
  }
};

if (process.send !== undefined) {
  process.on('message', ({ id, ask }) => {
    if (ask?.kind !== 'usage') return;
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    process.send({ id, answer: { cpuUs: user + system, rss, heapUsed, own: ownMemory(rss) } });
  });
  // Nobody is left to stop it.
  process.once('disconnect', () => process.exit(1));
  // To be asked is no reason to stay alive.
  process.channel.unref();
}
