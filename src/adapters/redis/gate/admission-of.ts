import { type Admission } from '../../../application/ports/admission-gate.js';

/** From a flat list of `user\nrequest`, at: what is pending of a coupon. */
export const admissionsOf = (couponId: string, flat: ReadonlyArray<string>): ReadonlyArray<Admission> =>
  flat.flatMap((asked, index) => {
    if (index % 2 === 1) return [];
    const [userId = '', requestId = ''] = asked.split('\n');
    return [{ couponId, userId, requestId, at: Number(flat[index + 1]) }];
  });
