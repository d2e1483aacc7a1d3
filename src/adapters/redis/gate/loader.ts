import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { either as E } from 'fp-ts';
import { type GateState, type LoadGateState } from '../../../application/ports/admission-gate.js';
import { collectHash } from '../collect-hash.js';
import { type RedisConnection } from '../connection.js';
import { items } from '../reply.js';
import { run, type Script, script } from '../script.js';
import { word } from './act.js';
import { COUPONS, couponKeys, inOrder, KEEP_HOLDERS_MS, KEEP_TERMS_MS } from './keys.js';
import { names } from './scripts/names.js';
import { following } from './scripts/following.js';

/**
 * Makes what was loaded the coupon's state, all of it at once, only if this token may still load: after a wipe, or when
 * another loader took over, what was read is 'Superseded'. What happened meanwhile is applied to it; 'Behind' when something
 * is missing between the two, to be read again. Places and requests made before stay, except of those who turn out to hold
 * the coupon.
 * KEYS[7]: where the holders were collected. ARGV: token, revision, quantity, status, opensAt, closesAt, number of holders,
 * milliseconds to keep the terms, sale, milliseconds to keep the holders, usableUntil.
 */
const installScript = script(`${names}${following}
local collected, known = KEYS[7], tonumber(ARGV[2])
if redis.call('HGET', loading, 'token') ~= ARGV[1] then return {'Superseded'} end
if redis.call('HLEN', collected) ~= tonumber(ARGV[7]) then return {'Superseded'} end
redis.call('UNLINK', holders)
if tonumber(ARGV[7]) > 0 then redis.call('RENAME', collected, holders) end
local waiting = redis.call('HGETALL', places)
for i = 1, #waiting, 2 do
  local held = redis.call('HGET', holders, waiting[i])
  if held then redis.call('HDEL', places, waiting[i]) end
  if held == waiting[i + 1] then redis.call('ZREM', pending, asked(waiting[i], held)) end
end
redis.call('HSET', terms, 'revision', known, 'quantity', ARGV[3], 'status', ARGV[4], 'opensAt', ARGV[5], 'closesAt', ARGV[6], 'sale', ARGV[9], 'usableUntil', ARGV[11])
for _, change in ipairs(redis.call('LRANGE', missed, 0, -1)) do
  known = follow(known, cmsgpack.unpack(change))
  if not known then break end
end
redis.call('DEL', loading, missed)
if not known then return {'Behind'} end
redis.call('PEXPIRE', holders, ARGV[10])
redis.call('PEXPIRE', terms, ARGV[8])
return {'Installed'}
`);

/**
 * Takes or renews the right to load a coupon: 'Yours', or 'Busy' while another token has it, or 'Loaded' when there is
 * nothing to do. A token that let its time run out may find itself replaced, and what it read is then refused.
 * ARGV: token, milliseconds.
 */
const beginLoadingScript = script(`${names}
if redis.call('EXISTS', terms) == 1 then return {'Loaded'} end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local owner = redis.call('HMGET', loading, 'token', 'until')
if owner[1] and owner[1] ~= ARGV[1] and tonumber(owner[2]) > now then return {'Busy'} end
-- Whoever begins reads the events from here on: what was missed before is among them.
if owner[1] ~= ARGV[1] then redis.call('DEL', missed) end
redis.call('HSET', loading, 'token', ARGV[1], 'until', string.format('%.0f', now + ARGV[2]))
redis.call('PEXPIRE', loading, 600000)
return {'Yours'}
`);

/** Gives the right to load back, if this token still has it. ARGV: token. */
const endLoadingScript = script(`${names}
if redis.call('HGET', loading, 'token') == ARGV[1] then redis.call('DEL', loading, missed) end
return {'Ended'}
`);

const LOCK_MS = 5_000;
const RENEW_MS = 1_500;
const LOOK_AGAIN_MS = 10;
/** To be overtaken by another loader or by the feed is bad luck; over and over it is a fault. */
const ATTEMPTS = 5;

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
      const count = await collectHash(redis, collected, state.holders);
      const { revision, quantity, status, sale, opensAt, closesAt, usableUntil } = state;
      const terms = [revision, quantity, status, opensAt ?? '', closesAt ?? ''];
      const args = [token, ...terms, count, KEEP_TERMS_MS, sale, KEEP_HOLDERS_MS, usableUntil ?? ''];
      const answer = word(items(await run(redis, installScript, [...inOrder(keys), collected], args)));
      if (answer !== 'Installed') await redis.unlink(collected);
      return answer;
    };
    /** Reads and installs while the lock is kept alive. Null: begin again. */
    const attempt = async (): Promise<Loaded | null> => {
      const state = await load(couponId)();
      if (E.isLeft(state)) throw new Error(state.left);
      // Made-up ids are not listed: every sweep would look at each of them.
      if (state.right._tag === 'None') return 'CouponNotFound';
      await redis.zadd(COUPONS, now(), couponId);
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
