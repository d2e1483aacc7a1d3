import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { either as E } from 'fp-ts';
import { type GateState, type LoadGateState } from '../../../application/ports/admission-gate.js';
import { type RedisConnection } from '../connection.js';
import { items } from '../reply.js';
import { run, type Script } from '../script.js';
import { word } from './act.js';
import { collectHolders } from './collect-holders.js';
import { COUPONS, couponKeys, inOrder } from './keys.js';
import { beginLoadingScript, endLoadingScript } from './scripts/loading-right.js';
import { installScript } from './scripts/install.js';

const LOCK_MS = 5_000;
const RENEW_MS = 1_500;
const LOOK_AGAIN_MS = 10;
/** To be overtaken by another loader or by the feed is bad luck; over and over it is a fault. */
const ATTEMPTS = 5;
/** A coupon nobody asks for is forgotten by Redis after a day. */
const KEEP_TERMS_MS = 24 * 60 * 60 * 1_000;

export type Loaded = 'Loaded' | 'CouponNotFound';

/** Loads a coupon into the gate, unless another process is doing so: then waits for it. Rejects when it cannot. */
export const loadCoupon =
  (connection: RedisConnection, load: LoadGateState, now: () => number) =>
  async (couponId: string): Promise<Loaded> => {
    const redis = connection.steady;
    const token = randomUUID();
    const keys = couponKeys(couponId);
    const step = async (script: Script, args: ReadonlyArray<string | number>): Promise<string> =>
      word(items(await run(redis, script, inOrder(keys), [token, ...args])));
    const install = async (state: GateState): Promise<string> => {
      const collected = `${keys.holders}:${token}`;
      const count = await collectHolders(redis, collected, state.holders);
      const { revision, quantity, status, sale, opensAt, closesAt } = state;
      const args = [token, revision, quantity, status, opensAt ?? '', closesAt ?? '', count, KEEP_TERMS_MS, sale];
      const answer = word(items(await run(redis, installScript, [...inOrder(keys), collected], args)));
      if (answer !== 'Installed') await redis.unlink(collected);
      return answer;
    };
    /** Reads and installs while the lock is kept alive. Null: begin again. */
    const attempt = async (): Promise<Loaded | null> => {
      await redis.zadd(COUPONS, now(), couponId);
      const state = await load(couponId)();
      if (E.isLeft(state)) throw new Error(state.left);
      if (state.right._tag === 'None') return 'CouponNotFound';
      return (await install(state.right.value)) === 'Installed' ? 'Loaded' : null;
    };
    for (let attempts = 0; attempts < ATTEMPTS;) {
      const begun = await step(beginLoadingScript, [LOCK_MS]);
      if (begun === 'Loaded') return 'Loaded';
      if (begun === 'Busy') {
        await sleep(LOOK_AGAIN_MS);
        continue;
      }
      attempts += 1;
      const renewal = setInterval(() => void step(beginLoadingScript, [LOCK_MS]).catch(() => undefined), RENEW_MS);
      try {
        const loaded = await attempt();
        if (loaded !== null) return loaded;
      } finally {
        clearInterval(renewal);
        await step(endLoadingScript, []);
      }
    }
    throw new Error(`What was read of coupon ${couponId} could not be installed`);
  };
