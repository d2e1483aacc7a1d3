import { taskEither as TE } from 'fp-ts';
import { Cluster } from 'ioredis';
import { type Admission, type Admitted } from '../../../application/ports/admission-gate.js';
import { type RedisConnection } from '../connection.js';
import { textOrNull } from '../reply.js';
import { act, type Unavailable, word } from './act.js';
import { PENDING_MS } from './keys.js';
import { type Loaded } from './loader.js';
import { requestIndex } from './request-index.js';
import { script, unlessLate } from '../script.js';
import { forgetting } from './scripts/forgetting.js';
import { names } from './scripts/names.js';

/**
 * A place for one user, or why not, in one step. Whoever asks again, by whatever request, is told the first; so a repeated
 * request takes no second place. A refusal writes nothing; but
 * requests older than they may be kept are forgotten first. ARGV: deadline, userId, requestId, at, forget up to, and for the
 * index of request ids, where that lives on the same server: entry, kept for.
 */
export const reserveScript = script(`${unlessLate}${names}${forgetting}
local user, request, at, index = ARGV[2], ARGV[3], tonumber(ARGV[4]), KEYS[7]
local function indexed(answer)
  if index then
    redis.call('SADD', index, ARGV[6])
    redis.call('PEXPIRE', index, ARGV[7])
  end
  return answer
end
local known = redis.call('HMGET', terms, 'quantity', 'status', 'opensAt', 'closesAt', 'sale', 'usableUntil')
if not known[1] then return {'NotLoaded'} end
forgetOld(ARGV[5])
local first = redis.call('HGET', holders, user) or redis.call('HGET', places, user)
if first == request then return indexed({'AlreadyRequested', first}) end
if first then return {'AlreadyRequested', first} end
if known[3] ~= '' and at < tonumber(known[3]) then return {'NotOpen', known[3]} end
for _, ending in ipairs({known[4], known[6] or ''}) do
  if ending ~= '' and at >= tonumber(ending) then return {'Closed'} end
end
if known[5] == 'Waiting' then return {'NotOpen', ''} end
if known[5] == 'Closed' then return {'Closed'} end
if known[2] == 'Paused' then return {'Paused'} end
if redis.call('HLEN', holders) + redis.call('HLEN', places) >= tonumber(known[1]) then return {'SoldOut'} end
redis.call('HSET', places, user, request)
redis.call('ZADD', pending, ARGV[4], asked(user, request))
return indexed({'Admitted'})
`);

/** Loads may be undone by a wipe the moment they are done; a few times is bad luck, more is a server being wiped for ever. */
const LOADS = 5;

const admitted = (reply: ReadonlyArray<unknown>): Admitted | 'NotLoaded' => {
  const answer = word(reply);
  const detail = textOrNull(reply[1]) ?? '';
  switch (answer) {
    case 'NotLoaded':
      return answer;
    case 'Admitted':
    case 'SoldOut':
    case 'Closed':
    case 'Paused':
      return { answer };
    case 'AlreadyRequested':
      return { answer, requestId: detail };
    case 'NotOpen':
      return { answer, opensAt: detail === '' ? null : Number(detail) };
    default:
      throw new Error(`Unknown answer of the gate: ${answer}`);
  }
};

/** Also when this request got it before: on a cluster it may not have been added to the index then. */
const hasPlace = (admitted: Admitted, requestId: string): boolean =>
  admitted.answer === 'Admitted' || (admitted.answer === 'AlreadyRequested' && admitted.requestId === requestId);

export interface Reserving {
  readonly connection: RedisConnection;
  readonly load: (couponId: string) => Promise<Loaded>;
  readonly asking: <A>(work: () => Promise<A>) => TE.TaskEither<Unavailable, A>;
  /** The caller may go on without the gate, which then knows nothing of this request. */
  readonly missed: () => void;
}

/**
 * One round trip. Only on a cluster, where the two keys live apart, a request that gets a place is added to the index of request
 * ids by another one: an entry written first would hide an earlier request with the same id.
 */
export const reserve = ({ connection, load, asking, missed }: Reserving) => {
  const once = async (admission: Admission): Promise<Admitted | 'NotLoaded'> => {
    let answer: Admitted | 'NotLoaded' = 'NotLoaded';
    const { couponId, userId, requestId, at } = admission;
    const args = [userId, requestId, at, at - PENDING_MS, requestIndex.entryOf(admission), PENDING_MS];
    await connection.hot(async (redis) => {
      const isApart = redis instanceof Cluster;
      const furtherKeys = isApart ? [] : [requestIndex.keyOf(requestId)];
      answer = admitted(await act({ connection, redis, furtherKeys }, reserveScript, couponId, args));
      if (isApart && answer !== 'NotLoaded' && hasPlace(answer, requestId)) await requestIndex.add(redis, admission);
    });
    return answer;
  };
  return (admission: Admission): TE.TaskEither<Unavailable, Admitted> => {
    const work = asking(async (): Promise<Admitted> => {
      for (let loads = 0; loads < LOADS; loads += 1) {
        const answer = await once(admission);
        if (answer !== 'NotLoaded') return answer;
        if ((await load(admission.couponId)) === 'CouponNotFound') return { answer: 'CouponNotFound' };
      }
      throw new Error(`Coupon ${admission.couponId} was lost again each time it was loaded`);
    });
    return TE.mapLeft((left: Unavailable) => {
      missed();
      return left;
    })(work);
  };
};
