import { jest } from '@jest/globals';
import { taskEither as TE } from 'fp-ts';
import { type AllUseCases } from '../../src/adapters/http/route-table.js';
import { createProgram } from '../../src/infrastructure/cli/program.js';
import { runProgram } from '../../src/infrastructure/cli/run-command-line.js';
import { fakeUseCases } from '../adapters/http/fake-use-cases.js';
import { closeServers, serve } from '../adapters/http/with-server.js';

afterEach(closeServers);

/** A page of the fakes with another one behind it. */
const withMore = <Left, Page extends object>(page: TE.TaskEither<Left, Page>) =>
  TE.map((found: Page) => ({ ...found, nextCursor: 'page-2' }))(page);

/** Every list goes on, and remembers from where on it was asked. */
const endless = (asked: (string | undefined)[]): Partial<AllUseCases> => {
  const seen = <Asked extends { readonly cursor?: string }>(request: Asked): Asked => {
    asked.push(request.cursor);
    return request;
  };
  return {
    listSagas: (page) => withMore(fakeUseCases.listSagas(seen(page))),
    boughtOfEvent: (page) => withMore(fakeUseCases.boughtOfEvent(seen(page))),
    listDeadLetters: (page) => withMore(fakeUseCases.listDeadLetters(seen(page))),
    findActs: (page) => withMore(fakeUseCases.findActs(seen(page))),
    timelineOfUser: (page) => withMore(fakeUseCases.timelineOfUser(seen(page))),
    listWebhookDeadLetters: (page) => withMore(fakeUseCases.listWebhookDeadLetters(seen(page))),
  };
};

/** What a command prints, asked of this server. */
const printed = async (url: string, ...args: ReadonlyArray<string>): Promise<string> => {
  let stdout = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  try {
    const program = createProgram('test', new AbortController().signal);
    await runProgram(program, ['node', 'doorbuster', ...args, '--url', url]);
    return stdout;
  } finally {
    write.mockRestore();
  }
};

test.each([
  [['sagas', 'list']],
  [['orders', 'of-event', 'gala']],
  [['dead-letters', 'list']],
  [['audit']],
  [['timeline', 'ana']],
  [['webhooks', 'dead-letters', 'one']],
])('%j says how to go on where there is more, and goes on there', async (command) => {
  const asked: (string | undefined)[] = [];
  const { url } = await serve(endless(asked));
  expect(await printed(url, ...command, '--limit', '100')).toMatch(/\nMore: --cursor page-2\n$/);
  await printed(url, ...command, '--cursor', 'page-2');
  expect(asked).toEqual([undefined, 'page-2']);
});
