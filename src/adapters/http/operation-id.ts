const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const inOneWord = (segment: string): string =>
  segment
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map(capitalized)
    .join('');

/**
 * The name generated clients call an operation by: its method and its path, without `/api` and its version. It changes
 * only with them: POST /api/coupons/:couponId/issue is `postCouponsByCouponIdIssue`.
 */
export const operationId = (method: string, path: string): string => {
  const segments = path.replace(/^\/api(\/v\d+)?/, '').split('/');
  const named = segments.map((segment) =>
    segment.startsWith(':') ? `By${capitalized(segment.slice(1))}` : inOneWord(segment),
  );
  return `${method}${named.join('') || 'Root'}`;
};
