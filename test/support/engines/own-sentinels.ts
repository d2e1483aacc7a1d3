import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OwnRedis, startOwnRedis } from './own-redis.js';
import { testRun } from './test-run.js';

export interface OwnSentinels {
  readonly url: string;
  readonly primary: OwnRedis;
  readonly replica: OwnRedis;
  readonly sentinel: OwnRedis;
  readonly stop: () => Promise<void>;
}

/** A primary called `shop`, its replica, and one sentinel that decides alone that the primary is gone, after half a second. */
export const startOwnSentinels = async (): Promise<OwnSentinels> => {
  const primary = await startOwnRedis(['--repl-diskless-sync-delay', '0']);
  const replica = await startOwnRedis(['--replicaof', `127.0.0.1 ${primary.port}`]);
  const file = join(mkdtempSync(join(testRun().dir, 'sentinel-')), 'sentinel.conf');
  const settings = [
    `sentinel monitor shop 127.0.0.1 ${primary.port} 1`,
    'sentinel down-after-milliseconds shop 500',
    'sentinel failover-timeout shop 2000',
  ];
  writeFileSync(file, `${settings.join('\n')}\n`);
  const sentinel = await startOwnRedis(['--sentinel'], [file]);
  return {
    url: `redis+sentinel://127.0.0.1:${sentinel.port}/shop`,
    primary,
    replica,
    sentinel,
    stop: async () => void (await Promise.all([sentinel, replica, primary].map((each) => each.stop()))),
  };
};
