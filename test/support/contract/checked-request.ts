import { type Fetch } from '../../../packages/client/src/index.js';
import { checkedFetch } from './checked-fetch.js';

/** What our client sends, checked against the OpenAPI document like all else. */
export const checkedRequest: Fetch = async (request) => {
  const body = await request.text();
  const { method, headers, signal } = request;
  return checkedFetch(request.url, { method, headers, signal, ...(body !== '' && { body }) });
};
