import { type Admission } from '../../../application/ports/admission-gate.js';

/** Reads `at:user` back, as the gate keeps a request. */
export const admissionOf = (couponId: string, requestId: string, asked: string): Admission => {
  const colon = asked.indexOf(':');
  return { couponId, userId: asked.slice(colon + 1), requestId, at: Number(asked.slice(0, colon)) };
};

/** From a flat list of request, `at:user`. */
export const admissionsOf = (couponId: string, flat: ReadonlyArray<string | null>): ReadonlyArray<Admission> =>
  flat.flatMap((requestId, index) => {
    const asked = flat[index + 1];
    return index % 2 === 0 && requestId !== null && typeof asked === 'string'
      ? [admissionOf(couponId, requestId, asked)]
      : [];
  });
