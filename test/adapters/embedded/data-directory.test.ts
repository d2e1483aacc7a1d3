import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { FORMAT_VERSION, openDataDirectory, readLock } from '../../../src/adapters/embedded/environment/index.js';
import { openedDirectory } from '../../support/embedded.js';
import { eventually } from '../../support/eventually.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDirectory = tempDirs();
const holder = new URL('./children/hold-directory.ts', import.meta.url);

const contents = (directory: string) =>
  readdirSync(directory).map((name) => [name, readFileSync(join(directory, name)).toString('base64')]);

describe('A data directory', () => {
  it('is created, and opened again after it was closed', async () => {
    const directory = join(newDirectory(), 'deep', 'down');
    for (let time = 0; time < 3; time++) {
      const { close, root } = await openedDirectory(directory);
      await root.put('time', time);
      await close();
    }
    const { close, root } = await openedDirectory(directory);
    expect(root.get('time')).toBe(2);
    await close();
  });

  it('belongs to one at a time, who says where it listens', async () => {
    const directory = newDirectory();
    const { announce, close } = await openedDirectory(directory);
    announce('http://127.0.0.1:3000');
    const before = contents(directory);
    expect(await openDataDirectory(directory)()).toEqual(
      E.left({ code: 'DataDirectoryInUse', directory, pid: process.pid, url: 'http://127.0.0.1:3000' }),
    );
    expect(readLock(directory)).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:3000' });
    expect(contents(directory)).toEqual(before);
    await close();
    expect(readLock(directory)).toBeNull();
    await (await openedDirectory(directory)).close();
  });

  it('is not let go while another process lives, and taken over once that was killed', async () => {
    const directory = newDirectory();
    const other = startTypescript(holder, [directory, 'http://127.0.0.1:4000']);
    await eventually(() => expect(other.lines()).toEqual(['open']), 20_000);
    expect(await openDataDirectory(directory)()).toEqual(
      E.left({ code: 'DataDirectoryInUse', directory, pid: other.process.pid, url: 'http://127.0.0.1:4000' }),
    );
    other.process.kill('SIGKILL');
    await other.ended;
    await (await openedDirectory(directory)).close();
  }, 30_000);

  it('is taken over from a dead process whose pid another process has now', async () => {
    const directory = newDirectory();
    const stale = { pid: process.pid, identity: 'of another boot', startedAt: 0, url: null };
    writeFileSync(join(directory, 'lock-0000000007.json'), JSON.stringify(stale));
    expect(readLock(directory)).toBeNull();
    const { close } = await openedDirectory(directory);
    expect(readLock(directory)?.pid).toBe(process.pid);
    await close();
  });

  it('is taken over by exactly one of several that find a dead holder', async () => {
    const directory = newDirectory();
    const stale = { pid: process.pid, identity: 'of another boot', startedAt: 0, url: null };
    writeFileSync(join(directory, 'lock-0000000007.json'), JSON.stringify(stale));
    const rivals = Array.from({ length: 5 }, () => startTypescript(holder, [directory]));
    await eventually(() => expect(rivals.flatMap(({ lines }) => lines())).toHaveLength(5), 25_000);
    expect(rivals.filter(({ lines }) => lines()[0] === 'open')).toHaveLength(1);
    rivals.forEach((rival) => rival.process.kill('SIGKILL'));
    await Promise.all(rivals.map(({ ended }) => ended));
  }, 30_000);

  it('of a newer format is refused and left as it is', async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'format'), `${FORMAT_VERSION + 1}\n`);
    const before = contents(directory);
    expect(await openDataDirectory(directory)()).toEqual(
      E.left({
        code: 'DataDirectoryTooNew',
        directory,
        found: FORMAT_VERSION + 1,
        supported: FORMAT_VERSION,
      }),
    );
    expect(contents(directory)).toEqual(before);
  });

  it('that cannot be made is a clear error', async () => {
    const file = join(newDirectory(), 'file');
    writeFileSync(file, 'something else');
    const answer = await openDataDirectory(join(file, 'data'))();
    expect(answer).toMatchObject(E.left({ code: 'DataDirectoryNotWritable', directory: join(file, 'data') }));
    expect(readFileSync(file, 'utf8')).toBe('something else');
  });

  it('that may not be written to is a clear error', async () => {
    const directory = newDirectory();
    chmodSync(directory, 0o555);
    // Who is root may write everywhere.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await openDataDirectory(directory)()).toMatchObject(
        E.left({ code: 'DataDirectoryNotWritable', directory }),
      );
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    expect(contents(directory)).toEqual([]);
  });
});
