import { type GateChange } from '../../../application/ports/admission-gate.js';
import { type RedisConnection } from '../connection.js';
import { act } from './act.js';
import { applyScript } from './scripts/apply.js';
import { requestIndex } from './request-index.js';

/** So many at once take Redis a millisecond or two: nobody at the gate notices. */
const PIECE = 250;

const argsOf = (change: GateChange): ReadonlyArray<string | number> => {
  switch (change.change) {
    case 'Issued':
      return [change.change, change.revision, change.userId, change.requestId, '', '', '', ''];
    case 'Terms':
      return [
        ...[change.change, change.revision, '', '', change.quantity ?? '', change.status ?? '', change.sale ?? ''],
        change.closesAt === null ? 'never' : (change.closesAt ?? ''),
      ];
    case 'Rejected':
      return [change.change, '', change.userId, change.requestId, '', '', '', ''];
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
    await act({ connection, redis }, applyScript, couponId, piece.flatMap(argsOf));
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
