import { spawnSync } from 'node:child_process';
import { completionFor } from '../../src/infrastructure/cli/completion.js';
import { createProgram } from '../../src/infrastructure/cli/program.js';

const script = completionFor('bash', createProgram('test', new AbortController().signal));

/** What bash offers after these words, the last of which is being typed. */
const offered = (...words: ReadonlyArray<string>): ReadonlyArray<string> => {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(doorbuster ${typed}); COMP_CWORD=${words.length}; _doorbuster; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${script}\n${ask}`], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
};

test('a command is completed, and the commands of a group', () => {
  expect(offered('proj')).toEqual(['projections']);
  expect(offered('projections', 're')).toEqual(['rebuild']);
  expect(offered('keys', '')).toEqual(expect.arrayContaining(['create', 'list', 'revoke']));
  expect(offered('')).toEqual(expect.arrayContaining(['serve', 'verify', 'completion', '--version']));
});

test('options are those of the command, also after a word of its own and an option', () => {
  expect(offered('dead-letters', 'replay', 'one', '--dry')).toEqual(['--dry-run']);
  expect(offered('projections', 'rebuild', 'coupons', '--json', '--ver')).toEqual(['--verify']);
  expect(offered('keys', 'list', '--ro')).toEqual([]);
});

test('the value of an option is one of its choices; where it has none, files are left to bash', () => {
  expect(offered('keys', 'create', 'kim', '--role', 'o')).toEqual(['operator']);
  expect(offered('projections', 'list', '--url', '')).toEqual([]);
});

test('every command can be completed to, word by word', () => {
  const program = createProgram('test', new AbortController().signal);
  for (const command of program.commands) {
    expect(offered(command.name())).toContain(command.name());
    for (const below of command.commands) expect(offered(command.name(), below.name())).toContain(below.name());
  }
});
