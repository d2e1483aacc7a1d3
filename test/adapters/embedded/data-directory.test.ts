import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { either as E } from 'fp-ts';
import {
  findHolder,
  FORMAT_VERSION,
  openDataDirectory,
  readHolder,
} from '../../../src/adapters/embedded/environment/index.js';
import { dataDirectoryFault } from '../../../src/infrastructure/engines/start-fault.js';
import { takeLock } from '../../../src/adapters/embedded/environment/lock.js';
import { openedDirectory } from '../../support/embedded.js';
import { eventually } from '../../support/eventually.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDirectory = tempDirs();
const holder = new URL('./children/hold-directory.ts', import.meta.url);

const heldAt = (pid: number | undefined, url: string) => ({ pid, host: hostname(), since: expect.any(String), url });

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
      E.left({ code: 'DataDirectoryInUse', directory, holder: heldAt(process.pid, 'http://127.0.0.1:3000') }),
    );
    expect(findHolder(directory)).toEqual({ held: true, holder: heldAt(process.pid, 'http://127.0.0.1:3000') });
    expect(contents(directory)).toEqual(before);
    await close();
    expect(findHolder(directory)).toEqual({ held: false });
    await (await openedDirectory(directory)).close();
  });

  it('is not let go while another process lives, and taken over once that was killed', async () => {
    const directory = newDirectory();
    const other = startTypescript(holder, [directory, 'http://127.0.0.1:4000']);
    await eventually(() => expect(other.lines()).toEqual(['open']));
    expect(await openDataDirectory(directory)()).toEqual(
      E.left({ code: 'DataDirectoryInUse', directory, holder: heldAt(other.process.pid, 'http://127.0.0.1:4000') }),
    );
    other.process.kill('SIGKILL');
    await other.ended;
    await (await openedDirectory(directory)).close();
  });

  it('is free when its file names a process that lives, but has not got its lock', async () => {
    const directory = newDirectory();
    const since = new Date().toISOString();
    writeFileSync(join(directory, 'lock'), JSON.stringify({ pid: process.ppid, host: hostname(), since, url: null }), {
      mode: 0o600,
    });
    expect(findHolder(directory)).toEqual({ held: false });
    const { close } = await openedDirectory(directory);
    expect(readHolder(directory)?.pid).toBe(process.pid);
    await close();
  });

  it('is taken by exactly one of several that come at once after its holder was killed', async () => {
    const directory = newDirectory();
    const dead = startTypescript(holder, [directory]);
    await eventually(() => expect(dead.lines()).toEqual(['open']));
    dead.process.kill('SIGKILL');
    const rivals = Array.from({ length: 5 }, () => startTypescript(holder, [directory]));
    await eventually(() => expect(rivals.flatMap(({ lines }) => lines())).toHaveLength(5));
    expect(rivals.filter(({ lines }) => lines()[0] === 'open')).toHaveLength(1);
    rivals.forEach((rival) => rival.process.kill('SIGKILL'));
    await Promise.all(rivals.map(({ ended }) => ended));
  });

  it('stays held while others only look', async () => {
    const directory = newDirectory();
    const { close } = await openedDirectory(directory);
    for (let look = 0; look < 10; look += 1) expect(findHolder(directory).held).toBe(true);
    expect(await openDataDirectory(directory)()).toMatchObject(E.left({ code: 'DataDirectoryInUse' }));
    await close();
  });

  const modeOf = (path: string): number => statSync(path).mode & 0o777;

  it('is for its owner alone, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      const directory = join(newDirectory(), 'new');
      const { close } = await openedDirectory(directory);
      expect(modeOf(directory)).toBe(0o700);
      const files = readdirSync(directory);
      expect(files).toEqual(expect.arrayContaining(['doorbuster.mdb', 'doorbuster.mdb-lock', 'format', 'lock']));
      for (const file of files) expect([file, modeOf(join(directory, file))]).toEqual([file, 0o600]);
      await close();
      await (await openedDirectory(directory)).close();
    } finally {
      process.umask(before);
    }
  });

  it('that others may read is refused with the command that helps, and left as it is', async () => {
    const directory = join(newDirectory(), 'open');
    mkdirSync(directory, { mode: 0o750 });
    const refused = await openDataDirectory(directory)();
    expect(refused).toEqual(E.left({ code: 'DataDirectoryNotPrivate', directory, exposed: directory }));
    expect(E.isLeft(refused) && dataDirectoryFault(refused.left)).toContain(`chmod -R go= ${directory}`);
    expect(contents(directory)).toEqual([]);
  });

  it('in which others may read or write one file is refused, until that is seen to', async () => {
    const directory = newDirectory();
    await (await openedDirectory(directory)).close();
    const exposed = join(directory, 'doorbuster.mdb');
    for (const mode of [0o640, 0o620, 0o604]) {
      chmodSync(exposed, mode);
      const refused = await openDataDirectory(directory)();
      expect(refused).toEqual(E.left({ code: 'DataDirectoryNotPrivate', directory, exposed }));
    }
    execFileSync('chmod', ['-R', 'go=', directory]);
    await (await openedDirectory(directory)).close();
  });

  it('on a file system without locks is refused, for nothing would keep a second process off', async () => {
    const directory = newDirectory();
    const lockless = (): boolean => {
      throw Object.assign(new Error('no locks available'), { code: 'ENOLCK' });
    };
    expect(await takeLock(directory, lockless)).toEqual(E.left({ code: 'DataDirectoryNotLockable', directory }));
  });

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
    chmodSync(directory, 0o500);
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
