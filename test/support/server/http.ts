import { checkedFetch } from '../contract/checked-fetch.js';
import { z } from 'zod';

const body = z.record(z.string(), z.unknown());

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty when it is not a JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return body.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
};

/** One call; with a body it is a POST. */
export const http = async (url: string, sent?: object, headers: Record<string, string> = {}): Promise<HttpAnswer> => {
  const response = await checkedFetch(
    url,
    sent === undefined
      ? { headers }
      : { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(sent) },
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text), text };
};
