import { jest } from '@jest/globals';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { takeLock } from '../../src/adapters/embedded/environment/index.js';
import { addressOf } from '../../src/adapters/http/listen.js';
import { createProgram } from '../../src/infrastructure/cli/program.js';
import { runProgram } from '../../src/infrastructure/cli/run-command-line.js';
import { rightOf } from '../support/answer-of.js';
import { runHere } from '../support/command-line.js';
import { openedDirectory } from '../support/embedded.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

/** The command line in this process: what it says on stderr, and the exit code it leaves. */
const run = async (args: ReadonlyArray<string>): Promise<{ readonly code: unknown; readonly stderr: string }> => {
  const before = process.exitCode;
  let stderr = '';
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  try {
    await runProgram(createProgram('test', new AbortController().signal), ['node', 'doorbuster', ...args]);
    return { code: process.exitCode, stderr };
  } finally {
    write.mockRestore();
    process.exitCode = before;
  }
};

test.each([
  [['rehearse', '--users', 'abc'], /--users <n>.*abc.*whole number from 1/],
  [['rehearse', '--users', '0'], /--users.*whole number from 1/],
  [['rehearse', '--users', '1e3'], /--users.*whole number/],
  [['rehearse', '--quantity', '-5'], /--quantity.*whole number/],
  [['rehearse', '--sockets', ''], /--sockets.*whole number/],
  [['rehearse', '--duplicates', '20'], /--duplicates.*share/],
  [['rehearse', '--give-up', 'never'], /--give-up.*whole number/],
  [['rehearse', '--scenario', 'riot'], /--scenario.*rush, opening, flash-sale/],
  [['rehearse', '--scenario', 'opening', '--stock', '3'], /--stock is of --scenario flash-sale, not of opening/],
  [['rehearse', '--opens-in', '3'], /--opens-in is of --scenario opening, not of rush/],
  [['rehearse', '--scenario', 'opening', '--duplicates', '1%'], /--duplicates is of --scenario rush/],
  [['rehearse', '--token', 'x'], /--token is for a server: name it with --url/],
  [['rehearse', '--url', 'localhost'], /--url.*address like http/],
  [['dead-letters', 'replay', '--topic', 'coupon-issue-requests', '--rate', 'x'], /--rate.*number above 0/],
  [['dead-letters', 'replay', '--topic', 'nope'], /--topic.*nope.*coupon-issue-requests/],
  [['dead-letters', 'list', '--topic', 'nope'], /--topic.*nope.*coupon-issue-requests/],
  [['dead-letters', 'replay', 'one', '--limit', '3'], /--rate and --limit are for those of a topic/],
  [['dead-letters', 'replay'], /Name the id of one dead letter, or --topic/],
  [['dead-letters', 'list', '--limit', 'many'], /--limit.*whole number from 1 to 100/],
  [['dead-letters', 'list', '--limit', '101'], /--limit.*whole number from 1 to 100/],
  [['webhooks', 'rotate', 'one', '--overlap-hours', 'a day'], /--overlap-hours.*a day.*hours from 0/],
  [['webhooks', 'rotate', 'one', '--overlap-hours', '169'], /--overlap-hours.*from 0 to 168/],
  [['verify', 'coupon', 'one', '--keys', 'keys.json'], /--keys is for receipts: name their file with --receipts/],
  [['dead-letters', 'discard', 'one'], /--reason/],
  [['sagas', 'list', '--limit', '0'], /--limit.*whole number/],
  [['sagas', 'list', '--limit', '101'], /--limit.*whole number from 1 to 100/],
  [['timeline', 'ana', '--limit', '101'], /--limit.*whole number from 1 to 100/],
  [['timeline'], /missing required argument 'user'/],
  [['projections', 'status', 'coupons', 'more'], /too many arguments/],
  [['reconcile', '--heel'], /unknown option '--heel'/],
  [['verfy'], /unknown command 'verfy'/],
])('a wrong command line is told in one line and changes nothing: %j', async (args, saying) => {
  const told = await run(args);
  expect({ args, ...told }).toMatchObject({ code: 2, stderr: expect.stringMatching(/^[^\n]+\n$/) });
  expect(told.stderr).toMatch(saying);
  const { code, stderr } = await run([...args, '--json']);
  expect(code).toBe(2);
  expect(JSON.parse(stderr)).toEqual({ error: { code: 'WRONG_USAGE', message: expect.stringMatching(saying) } });
});

test('a server that has the data and gives no answer is named, and not waited for', async () => {
  const hung = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(hung, 'listening');
  const directory = newDir();
  const lock = rightOf(await takeLock(directory));
  lock.announce(addressOf(hung.address(), '127.0.0.1').url);
  const before = process.env;
  process.env = { PATH: before['PATH'], DATA_DIR: directory };
  const { code, stderr } = await run(['projections', 'list']);
  process.env = before;
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`in use by process ${process.pid} .*cannot be reached`));
  lock.release();
  hung.closeAllConnections();
  hung.close();
});

test('who backs up a directory whose events are on a server is told that they are not in the backup', async () => {
  const directory = newDir();
  await (await openedDirectory(directory)).close();
  const before = process.env;
  process.env = { PATH: before['PATH'], DATA_DIR: directory };
  const { code, stdout } = await runHere('backup', join(newDir(), 'one'));
  process.env = before;
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/: no events\. Back up the server/),
  });
});

test('a shop is moved nowhere by a file that does not say where to', async () => {
  const file = join(newDir(), 'other.env');
  writeFileSync(file, 'EVENTSTORE_URL=esdb://127.0.0.1:1?tls=false\n');
  const { code, stderr } = await run(['move', '--to-env', file]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/other\.env does not say where to: name the engines, or a DATA_DIR/);
});

test('a failed call is told as JSON under --json, also by a command within another one', async () => {
  const { code, stderr } = await run(['export', 'user', 'ana', '--url', 'http://127.0.0.1:1', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stderr)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
});
