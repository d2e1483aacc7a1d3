import { either as E, taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { openSigningKeys } from '../../../src/adapters/embedded/signing-keys/open-signing-keys.js';
import { jwtPasses, type JwtPasses } from '../../../src/adapters/jwt/jwt-passes.js';
import { scheduleTerms } from '../../../src/adapters/http/schemas/waiting.js';
import { type SigningKeys } from '../../../src/application/ports/signing-keys.js';
import { environment } from '../../../src/infrastructure/config/environment.js';
import { openedDirectory } from '../../support/embedded.js';
import { tempDirs } from '../../support/temp-dir.js';
import { answerOf } from '../../support/answer-of.js';

const DAY = 86_400_000;
const bounded = z.object({ minimum: z.number(), maximum: z.number() });
const newDir = tempDirs();

describe('a pass', () => {
  let now = Date.UTC(2026, 0, 1, 12);
  let directory: Awaited<ReturnType<typeof openedDirectory>>;
  let path: string;
  let keys: SigningKeys;
  const passesOf = (): JwtPasses => jwtPasses({ keys, now: () => now, rotationMs: DAY });
  const claims = (more = {}) => ({
    userId: 'ana',
    scheduleId: 'gala',
    tokenId: 't-1',
    expiresAt: now + 600_000,
    ...more,
  });

  beforeEach(async () => {
    path = newDir();
    directory = await openedDirectory(path);
    keys = openSigningKeys(directory.root, 'pass-keys');
  });
  afterEach(() => directory.close());

  it('says who may be where until when, to whoever knows the published keys', async () => {
    const passes = passesOf();
    const pass = await answerOf(passes.issue(claims()));
    expect(await answerOf(passes.verify(pass))).toStrictEqual(claims());
    const other = jwtPasses({ keys, now: () => now, rotationMs: DAY });
    expect(await answerOf(other.verify(pass))).toStrictEqual(claims());
  });

  it('is good as long as the place, to the last moment of it', async () => {
    const passes = passesOf();
    const pass = await answerOf(passes.issue(claims({ expiresAt: now + 1_900 })));
    now += 1_899;
    expect(await answerOf(passes.verify(pass))).toMatchObject({ userId: 'ana' });
    now += 101;
    expect(await passes.verify(pass)()).toStrictEqual(E.left('InvalidPass'));
  });

  it('of a place that is active as long as any may be is never without its key, however often keys change', async () => {
    const { minimum: rotationMs } = bounded.parse(z.toJSONSchema(environment.shape.PASS_ROTATION_MS, { io: 'output' }));
    const { maximum: longest } = bounded.parse(z.toJSONSchema(scheduleTerms.shape.activeTtlSeconds));
    const passes = jwtPasses({ keys, now: () => now, rotationMs });
    now = Math.ceil(now / rotationMs) * rotationMs - 1_000;
    const expiresAt = now + longest * 1_000;
    const pass = await answerOf(passes.issue(claims({ expiresAt })));
    while (now < expiresAt - 1_000) {
      now = Math.min(now + rotationMs, expiresAt - 1_000);
      await answerOf(passes.published());
    }
    const elsewhere = jwtPasses({ keys, now: () => now, rotationMs });
    expect(await answerOf(elsewhere.verify(pass))).toMatchObject({ userId: 'ana' });
  });

  it('is worth nothing when it is over, forged, tampered with, or no pass at all', async () => {
    const passes = passesOf();
    const pass = await answerOf(passes.issue(claims()));
    const [head = '', , signature = ''] = pass.split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'ben', schedule: 'gala', token: 't', exp: 9e9 })).toString(
      'base64url',
    );
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged}.`;
    for (const bad of [`${head}.${forged}.${signature}`, unsigned, 'nonsense', ''])
      expect(await passes.verify(bad)()).toStrictEqual(E.left('InvalidPass'));
    now += 601_000;
    expect(await passes.verify(pass)()).toStrictEqual(E.left('InvalidPass'));
  });

  it('is good across rotations of the keys and restarts, as long as it lasts', async () => {
    const pass = await answerOf(passesOf().issue(claims({ expiresAt: now + 2 * DAY })));
    const published = (await answerOf(passesOf().published())).keys.map(({ kid }) => kid);
    await directory.close();
    directory = await openedDirectory(path);
    keys = openSigningKeys(directory.root, 'pass-keys');
    now += DAY;
    const passes = passesOf();
    expect(E.isRight(await passes.verify(pass)())).toBe(true);
    const next = await answerOf(passes.issue(claims()));
    const kid: unknown = JSON.parse(Buffer.from(next.split('.')[0] ?? '', 'base64url').toString()).kid;
    // The key that signs now was known to everybody before it did.
    expect(published).toContain(kid);
    expect((await answerOf(passes.published())).keys.every((key) => !('d' in key))).toBe(true);
  });

  it('is signed by one key, whichever of several processes signs first', async () => {
    const several = Array.from({ length: 5 }, passesOf);
    const passes = await Promise.all(several.map((each) => answerOf(each.issue(claims()))));
    const heads = new Set(passes.map((pass) => pass.split('.')[0]));
    expect(heads.size).toBe(1);
  });

  it('cannot be had while the keys are away; those known already go on', async () => {
    let away = true;
    const flaky: SigningKeys = { ...keys, all: () => (away ? TE.left('SigningKeysUnavailable') : keys.all()) };
    const passes = jwtPasses({ keys: flaky, now: () => now, rotationMs: DAY });
    expect(await passes.issue(claims())()).toStrictEqual(E.left('PassesUnavailable'));
    away = false;
    await answerOf(passes.issue(claims()));
    away = true;
    now += 120_000;
    expect(E.isRight(await passes.issue(claims())())).toBe(true);
  });

  it('is issued and verified at once while it takes long to look for the keys of others', async () => {
    let slow = (): Promise<void> => Promise.resolve();
    const slowly: SigningKeys = { ...keys, all: () => () => slow().then(() => keys.all()()) };
    const passes = jwtPasses({ keys: slowly, now: () => now, rotationMs: DAY });
    const before = await answerOf(passes.issue(claims()));
    slow = () => new Promise(() => undefined);
    now += 120_000;
    expect(E.isRight(await passes.verify(before)())).toBe(true);
    expect(await answerOf(passes.verify(await answerOf(passes.issue(claims()))))).toStrictEqual(claims());
    expect((await answerOf(passes.published())).keys).toHaveLength(2);
  });

  it('of a key nobody here knows yet is not refused before that key was looked for', async () => {
    let stored = keys;
    const wiped: SigningKeys = { ...keys, all: () => stored.all(), offer: (key) => stored.offer(key) };
    const passes = jwtPasses({ keys: wiped, now: () => now, rotationMs: DAY });
    await answerOf(passes.issue(claims()));
    stored = openSigningKeys(directory.root, 'seal-keys');
    const elsewhere = jwtPasses({ keys: stored, now: () => now, rotationMs: DAY });
    now += 120_000;
    expect(await answerOf(passes.verify(await answerOf(elsewhere.issue(claims()))))).toStrictEqual(claims());
  });
});
