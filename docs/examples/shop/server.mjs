// The shop's own server: the page, and who its visitors are. Run it as `node server.mjs`.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const { PORT = '8080', SALE_URL = 'http://127.0.0.1:3000' } = process.env;
const { publicKey, privateKey } = await generateKeyPair('ES256');
const key = { ...(await exportJWK(publicKey)), kid: randomUUID(), alg: 'ES256', use: 'sig' };

/** Stands for the shop's login: a visitor is whoever the cookie says, and a new one without it. */
const visitorOf = (request) => /visitor=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? randomUUID();

/** What Doorbuster believes: the shop says who this is, for ten minutes. */
const tokenFor = (userId) =>
  new SignJWT()
    .setProtectedHeader({ alg: key.alg, kid: key.kid })
    .setIssuer('my-shop')
    .setAudience('sale')
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey);

const file = async (type, url) => ({ type, body: await readFile(new URL(url)) });
const json = (value) => ({ type: 'application/json', body: JSON.stringify(value) });

const pages = {
  '/': () => file('text/html; charset=utf-8', new URL('shop.html', import.meta.url)),
  '/client.js': () => file('text/javascript', import.meta.resolve('@doorbuster/client/bundle')),
  '/jwks.json': () => json({ keys: [key] }),
  '/session': async (userId) => json({ userId, token: await tokenFor(userId), saleUrl: SALE_URL }),
};

const server = createServer(async (request, response) => {
  const page = pages[request.url];
  if (page === undefined) return response.writeHead(404).end();
  const userId = visitorOf(request);
  const { type, body } = await page(userId);
  const cookie = `visitor=${userId}; HttpOnly; SameSite=Lax; Path=/`;
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store', 'Set-Cookie': cookie }).end(body);
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
