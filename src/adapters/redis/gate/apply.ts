import { type GateChange } from '../../../application/ports/admission-gate.js';
import { type RedisConnection } from '../connection.js';
import { act } from './act.js';
import { KEEP_HOLDERS_MS } from './keys.js';
import { requestIndex } from './request-index.js';
import { script, unlessLate } from '../script.js';
import { following } from './scripts/following.js';
import { names } from './scripts/names.js';

/**
 * What happened to the coupon, in order. A decided request stops being pending whatever the revision says. Of the rest a
 * known revision is skipped, the next one applied, and a gap drops the terms: the coupon is then loaded again. While a coupon
 * is being loaded its changes are kept for what the load finds.
 * ARGV: deadline, milliseconds to keep the holders, then for each change: kind, revision, userId, requestId, quantity, status, sale, closesAt, usableUntil ('' for none).
 */
const applyScript = script(`${unlessLate}${names}${following}
local known = tonumber(redis.call('HGET', terms, 'revision'))
local isLoading = redis.call('EXISTS', loading) == 1
for i = 3, #ARGV, 9 do
  local change = {unpack(ARGV, i, i + 8)}
  local kind, user, request = change[1], change[3], change[4]
  if kind ~= 'Terms' then
    redis.call('ZREM', pending, asked(user, request))
    if redis.call('HGET', places, user) == request then redis.call('HDEL', places, user) end
  end
  if kind ~= 'Rejected' then
    if known then known = follow(known, change)
    elseif isLoading then redis.call('RPUSH', missed, cmsgpack.pack(change)) end
  end
end
-- The first holder since the coupon was loaded: until then there was nothing that could end.
if known and redis.call('PTTL', holders) == -1 then redis.call('PEXPIRE', holders, ARGV[2]) end
if not known and isLoading then redis.call('PEXPIRE', missed, 600000) end
return {known and 'Applied' or 'NotLoaded'}
`);

/** So many at once take Redis a millisecond or two: nobody at the gate notices. */
const PIECE = 250;

const argsOf = (change: GateChange): ReadonlyArray<string | number> => {
  switch (change.change) {
    case 'Issued':
      return [change.change, change.revision, change.userId, change.requestId, '', '', '', '', ''];
    case 'Terms':
      return [
        ...[change.change, change.revision, '', '', change.quantity ?? '', change.status ?? '', change.sale ?? ''],
        ...[change.closesAt, change.usableUntil].map((end) => (end === null ? 'never' : (end ?? ''))),
      ];
    case 'Rejected':
      return [change.change, '', change.userId, change.requestId, '', '', '', '', ''];
  }
};

const byCoupon = (changes: ReadonlyArray<GateChange>): ReadonlyMap<string, ReadonlyArray<GateChange>> => {
  const grouped = new Map<string, GateChange[]>();
  for (const change of changes) {
    const group = grouped.get(change.couponId);
    if (group === undefined) grouped.set(change.couponId, [change]);
    else group.push(change);
  }
  return grouped;
};

const applyPiece = (connection: RedisConnection, couponId: string, piece: ReadonlyArray<GateChange>) =>
  connection.hot(async (redis) => {
    await act({ connection, redis }, applyScript, couponId, [KEEP_HOLDERS_MS, ...piece.flatMap(argsOf)]);
    // What is decided is no longer asked here: the signposts may go, each alone as they live apart on a cluster.
    await Promise.all(
      piece.flatMap((change) => (change.change === 'Terms' ? [] : [requestIndex.remove(redis, change)])),
    );
  });

/** Coupons side by side, each in order; a piece that failed is applied again with all that follows it. */
export const apply = async (connection: RedisConnection, changes: ReadonlyArray<GateChange>): Promise<void> => {
  const applyInOrder = async ([couponId, ofCoupon]: readonly [string, ReadonlyArray<GateChange>]): Promise<void> => {
    for (let from = 0; from < ofCoupon.length; from += PIECE)
      await applyPiece(connection, couponId, ofCoupon.slice(from, from + PIECE));
  };
  await Promise.all([...byCoupon(changes)].map(applyInOrder));
};
