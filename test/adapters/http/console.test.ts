import { mkdir, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { consoleRoutes } from '../../../src/adapters/http/routes/console.js';
import { Exchange } from '../../../src/adapters/http/exchange.js';
import { tempDirs } from '../../support/temp-dir.js';
import { type Answer } from '../../../src/adapters/http/answer.js';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

const newDir = tempDirs();

const asked = async (folder: string, path: string, params: object): Promise<Answer | undefined> => {
  const req = new IncomingMessage(new Socket());
  const exchange = new Exchange(req, new ServerResponse(req), 'request-1');
  return consoleRoutes(pathToFileURL(`${folder}/`))
    .find((route) => route.path === path)
    ?.serve(exchange, params);
};
const asset = '/console/assets/:file';

describe('the console', () => {
  it('is served under a strict policy, its assets for ever, its page not', async () => {
    const folder = newDir();
    await mkdir(`${folder}/assets`);
    await writeFile(`${folder}/index.html`, '<!doctype html>');
    await writeFile(`${folder}/assets/index-AbC_1.js`, 'export {};');
    const page = await asked(folder, '/console', {});
    expect(page).toMatchObject({ status: 200, body: '<!doctype html>', headers: { 'Cache-Control': 'no-cache' } });
    expect(page).toMatchObject({
      headers: {
        'Content-Security-Policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; style-src 'self';/),
      },
    });
    expect(await asked(folder, asset, { file: 'index-AbC_1.js' })).toMatchObject({
      status: 200,
      body: 'export {};',
      headers: {
        'Cache-Control': expect.stringContaining('immutable'),
        'Content-Type': expect.stringContaining('javascript'),
      },
    });
  });

  it('is 404 where it was not built, and serves nothing beside its assets', async () => {
    const folder = newDir();
    await mkdir(`${folder}/assets`);
    await writeFile(`${folder}/secret.js`, 'secret');
    expect(await asked(folder, '/console', {})).toMatchObject({ status: 404 });
    for (const [file, status] of [
      ['secret.js', 404],
      ['../secret.js', 400],
      ['..', 400],
      ['.js', 400],
    ] as const)
      expect([file, await asked(folder, asset, { file })]).toMatchObject([file, { status }]);
  });
});
