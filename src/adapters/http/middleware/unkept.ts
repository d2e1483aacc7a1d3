import { type Access } from '../identity/access.js';
import { type Serve } from '../route.js';

/** What is not for everybody is kept by nobody on its way: neither by browsers nor by proxies. */
export const unkept = (access: Access, serve: Serve): Serve => {
  if (access === 'public') return serve;
  return async (exchange, params) => {
    const answer = await serve(exchange, params);
    if (!('status' in answer)) return answer;
    return { ...answer, headers: { 'Cache-Control': 'no-store', ...answer.headers } };
  };
};
