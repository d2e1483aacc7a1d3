/** Whom or what an act was about: the user, or the order of one, in the path that was called. */
const ABOUT = /\/(users|orders)\/([\w-]{1,64})(?=\/|$)/g;

export const aboutUser = (userId: string): string => `users/${userId}`;
export const aboutOrder = (orderId: string): string => `orders/${orderId}`;

export const subjectsOf = (target: string): ReadonlyArray<string> =>
  Array.from(target.matchAll(ABOUT), ([, collection = '', id = '']) => `${collection}/${id}`);
