import { createServer, type Server } from 'node:http';
import { either as E } from 'fp-ts';
import { z } from 'zod';
import { turnstileChallenges } from '../../../src/adapters/turnstile/turnstile-challenges.js';
import { withChallengeBreaker } from '../../../src/adapters/breaker/guarded-challenges.js';

const SECRET = '1x0000000000000000000000000000000AA';
const about = { what: 'coupon/spring', address: '203.0.113.1' };

const asked = z.object({
  secret: z.string(),
  response: z.string(),
  remoteip: z.string().optional(),
  idempotency_key: z.uuid(),
});

interface Siteverify {
  readonly url: string;
  readonly asked: ReadonlyArray<z.infer<typeof asked>>;
  /** What it says to tokens, by token; anything else is no token. */
  readonly tokens: Map<string, { readonly cdata: string }>;
  silent: boolean;
  readonly close: () => void;
}

/** Siteverify as Cloudflare documents it: a token counts once, but for a repeated call with the same idempotency key. */
const siteverify = async (): Promise<Siteverify> => {
  const calls: Array<z.infer<typeof asked>> = [];
  const tokens = new Map<string, { readonly cdata: string }>();
  const usedBy = new Map<string, string>();
  const failed = (code: string) => ({ success: false, 'error-codes': [code], messages: [] });
  const answerTo = ({ secret, response, idempotency_key: key }: z.infer<typeof asked>): object => {
    if (secret !== SECRET) return failed('invalid-input-secret');
    const token = tokens.get(response);
    if (token === undefined) return failed('invalid-input-response');
    if ((usedBy.get(response) ?? key) !== key) return failed('timeout-or-duplicate');
    usedBy.set(response, key);
    const of = { challenge_ts: new Date().toISOString(), hostname: 'shop.example', action: '', ...token };
    return { success: true, 'error-codes': [], ...of, metadata: { interactive: false } };
  };
  const server: Server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const call = asked.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      calls.push(call);
      if (here.silent) return;
      res.setHeader('content-type', 'application/json').end(JSON.stringify(answerTo(call)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  const here: Siteverify = { url: `http://127.0.0.1:${port}/siteverify`, asked: calls, tokens, silent: false, close };
  return here;
};

let cloudflare: Siteverify;
beforeEach(async () => {
  cloudflare = await siteverify();
  cloudflare.tokens.set('a-token', { cdata: 'coupon_spring' });
});
afterEach(() => cloudflare.close());

const turnstile = ({ secret = SECRET, timeoutMs = 5_000, used = new Set<string>() } = {}) =>
  turnstileChallenges({
    siteKey: '1x00000000000000000000AA',
    secret,
    url: cloudflare.url,
    timeoutMs,
    isFirst: async (name) => used.size < used.add(name).size,
  });

test('a challenge tells the page which widget to show, and for what', async () => {
  expect(await turnstile().ask(about, 3)).toEqual({
    provider: 'turnstile',
    siteKey: '1x00000000000000000000AA',
    cData: 'coupon_spring',
  });
});

test('a token that Cloudflare accepts solves the challenge, once', async () => {
  const { isSolved } = turnstile();
  expect(await isSolved('a-token', about)()).toEqual(E.right(true));
  expect(await isSolved('a-token', about)()).toEqual(E.right(false));
  expect(cloudflare.asked[0]).toMatchObject({ secret: SECRET, response: 'a-token', remoteip: '203.0.113.1' });
});

test('a token got for something else, or made up, solves nothing', async () => {
  const { isSolved } = turnstile();
  expect(await isSolved('a-token', { ...about, what: 'coupon/summer' })()).toEqual(E.right(false));
  for (const token of ['made-up', '', 'x'.repeat(2_049)])
    expect(await isSolved(token, about)()).toEqual(E.right(false));
  expect(cloudflare.asked.map(({ response }) => response)).toEqual(['a-token', 'made-up']);
});

test('an IPv6 network is no address to tell Cloudflare', async () => {
  await turnstile().isSolved('a-token', { ...about, address: '2001:db8:0:1::/64' })();
  expect(cloudflare.asked[0]).not.toHaveProperty('remoteip');
});

test('while Cloudflare does not answer nothing is known, and the token can be sent again', async () => {
  cloudflare.silent = true;
  const { isSolved } = turnstile({ timeoutMs: 20 });
  expect(await isSolved('a-token', about)()).toEqual(E.left('ChallengesUnavailable'));
  cloudflare.silent = false;
  expect(await turnstile().isSolved('a-token', about)()).toEqual(E.right(true));
});

test('a secret that Cloudflare refuses is not the fault of clients', async () => {
  expect(await turnstile({ secret: 'wrong' }).isSolved('a-token', about)()).toEqual(E.left('ChallengesUnavailable'));
});

test('while most calls fail Cloudflare is not asked', async () => {
  cloudflare.silent = true;
  const guarded = withChallengeBreaker(turnstile({ timeoutMs: 20 }), { resetMs: 60_000, volume: 4 });
  for (let n = 0; n < 5; n += 1) await guarded.isSolved('a-token', about)();
  expect(guarded.state()).toBe('open');
  const before = cloudflare.asked.length;
  expect(await guarded.isSolved('a-token', about)()).toEqual(E.left('ChallengesUnavailable'));
  expect(cloudflare.asked).toHaveLength(before);
  guarded.close();
});
