import { spawnSync } from 'node:child_process';
import { completionFor } from '../../src/infrastructure/cli/completion.js';
import { createProgram } from '../../src/infrastructure/cli/program.js';
import { note } from '../support/engines/describe-with.js';

const script = completionFor('zsh', createProgram('test', new AbortController().signal));
/** What zsh's own functions are handed is printed, as they need a terminal. */
const STUBS = `
compdef() {}
compadd() { shift; print -l -- "$@" }
_files() { print files }
_describe() { print -l -- "\${(@)known%%:*}" }
`;

const zsh = (code: string) => spawnSync('zsh', ['-f', '-c', code], { encoding: 'utf8' });

/** What zsh offers after these words, the last of which is being typed. */
const offered = (...words: ReadonlyArray<string>): ReadonlyArray<string> => {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const ask = `words=(doorbuster ${typed}); CURRENT=${words.length + 1}; _doorbuster`;
  const { status, stdout, stderr } = zsh(`${STUBS}\n${script}\n${ask}`);
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
};

const isThere = zsh('true').status === 0;
await note('zsh', isThere, isThere ? 'zsh' : 'no zsh');
const suite = isThere ? describe : describe.skip;

suite('in zsh', () => {
  test('commands, the options of a command, and the choices of an option are offered', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['serve', 'projections', '--version']));
    expect(offered('keys', '')).toEqual(['create', 'list', 'revoke', 'help', '--help']);
    expect(offered('projections', 'rebuild', 'coupons', '')).toContain('--verify');
    expect(offered('keys', 'create', 'kim', '--role', '')).toEqual(expect.arrayContaining(['operator', 'viewer']));
    expect(offered('projections', 'list', '--url', '')).toEqual(['files']);
  });
});
