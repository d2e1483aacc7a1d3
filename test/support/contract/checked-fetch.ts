import { checkExchange } from './check-exchange.js';

const violations: string[] = [];

/** Whatever asked: the test it happened in fails, also where it tries again or expects a failure. */
const tell = (): void => {
  const found = [...new Set(violations.splice(0))];
  if (found.length > 0) throw new Error(`Not as /openapi.json says:\n${found.join('\n')}`);
};
afterEach(tell);
afterAll(tell);

const sentBody = (init: RequestInit | undefined): string | null | undefined => {
  if (init?.body === undefined || init.body === null) return undefined;
  if (typeof init.body === 'string') return init.body;
  return Buffer.isBuffer(init.body) ? init.body.toString() : null;
};

const isStream = (response: Response): boolean =>
  /event-stream|ndjson/.test(response.headers.get('content-type') ?? '');

/** `fetch`; and every exchange is checked against the OpenAPI document. */
export const checkedFetch = async (input: string | URL, init?: RequestInit): Promise<Response> => {
  const response = await fetch(input, init);
  violations.push(
    ...checkExchange({
      method: init?.method ?? 'GET',
      url: new URL(input),
      requestHeaders: new Headers(init?.headers),
      requestBody: sentBody(init),
      status: response.status,
      headers: response.headers,
      body: isStream(response) ? null : await response.clone().text(),
    }),
  );
  return response;
};
