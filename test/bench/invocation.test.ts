import { type Row } from '../../bench/harness/row.js';
import { invocation } from '../../bench/invocation.js';

const row = (name: string, onEngines: boolean): Row => ({ name, title: name, onEngines, run: async () => [] });
const rows = [row('accept', true), row('load', false)];
const asked = (...args: ReadonlyArray<string>) => {
  const read = invocation(args, rows);
  return typeof read === 'string' ? read : { ...read, chosen: read.chosen.map(({ name }) => name) };
};

describe('the command line of the bench', () => {
  it('measures everything and writes the results, when nothing is said', () => {
    expect(asked()).toEqual({
      short: false,
      engines: false,
      chosen: ['accept', 'load'],
      out: 'bench/results.md',
      command: 'npm run bench',
    });
  });

  it('writes nothing of a part or of small numbers, unless told where', () => {
    expect(asked('--short')).toMatchObject({ out: null });
    expect(asked('--only', 'load')).toMatchObject({ out: null, chosen: ['load'] });
    expect(asked('--short', '--out', 'here.md')).toMatchObject({ out: 'here.md' });
  });

  it('measures on the real engines what can be, and writes it beside', () => {
    expect(asked('--engines')).toMatchObject({
      chosen: ['accept'],
      out: 'bench/results-engines.md',
      command: 'npm run bench -- --engines',
    });
  });

  it('explains itself instead of measuring something else than was meant', () => {
    expect(asked('--only', 'acept')).toContain('There is no row acept.');
    expect(asked('--shrot')).toContain('--short');
    expect(asked('--help')).toContain('npm run bench -- [--engines]');
  });
});
