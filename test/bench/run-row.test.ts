import { type Bench } from '../../bench/harness/bench.js';
import { startChild } from '../../bench/harness/child.js';
import { attempt, NotHere } from '../../bench/harness/failure.js';
import { type Row } from '../../bench/harness/row.js';
import { runRow } from '../../bench/harness/run-row.js';
import { eventually } from '../support/eventually.js';

const unused = (): never => {
  throw new Error('not needed here');
};
const said: string[] = [];
const bench: Bench = {
  dist: '',
  short: true,
  withEngines: false,
  engines: [],
  generator: { press: unused, rush: unused, pace: unused, settle: unused },
  say: (text) => void said.push(text),
  redis: unused,
  kafka: unused,
  largeCoupon: unused,
  directory: unused,
};
const PROGRAM = 'test/bench/programs/obedient.ts';
const rowOf = (run: Row['run']): Row => ({ name: 'row', title: 'A row', run });

describe('a row of the bench', () => {
  it('hands on what it found', async () => {
    const found = [{ what: 'it', measured: '1' }];
    expect(
      await runRow(
        rowOf(async () => found),
        bench,
      ),
    ).toMatchObject({ findings: found, missing: null });
  });

  it('is given up after its limit, and tells the last that its processes wrote', async () => {
    const child = startChild(PROGRAM);
    await child.ask({ please: 'answer' });
    const row = rowOf(async () => {
      await child.ask({ please: 'keep still' });
      return [];
    });
    const { findings } = await runRow(row, bench, 1_000);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ what: 'A row', state: 'failed' });
    expect(findings[0]?.measured).toMatch(/^failed: not done within 1 s .*asked to keep still/);
    await expect(child.died).rejects.toThrow('SIGKILL');
  });

  it('starts nothing more once it was given up, so that the next one has the machine to itself', async () => {
    const refused: unknown[] = [];
    let giveUp: () => void = () => undefined;
    const goOn = new Promise<void>((resolve) => (giveUp = resolve));
    const row = rowOf(async () => {
      await goOn;
      try {
        startChild(PROGRAM);
      } catch (error) {
        refused.push(error);
      }
      return [];
    });
    await runRow(row, bench, 10);
    giveUp();
    await eventually(() => expect(refused).toEqual([new Error('its row was given up')]));
  });

  it('fails with what it threw, and never rejects', async () => {
    const { findings } = await runRow(
      rowOf(async () => {
        throw new Error('no\nluck');
      }),
      bench,
    );
    expect(findings).toEqual([{ what: 'A row', measured: 'failed: no luck', state: 'failed' }]);
    expect(said.at(-1)).toContain('no\nluck');
  });

  it('goes on with the others when one of those it measures fails', async () => {
    const row = rowOf(async () => [
      ...(await attempt(bench, 'one', () => Promise.reject(new Error('out of luck')))),
      ...(await attempt(bench, 'two', async () => [{ what: 'two', measured: '2' }])),
    ]);
    expect((await runRow(row, bench)).findings).toEqual([
      { what: 'one', measured: 'failed: out of luck', state: 'failed' },
      { what: 'two', measured: '2' },
    ]);
  });

  it('is no failure for what this machine does not have', async () => {
    const findings = await attempt(bench, 'on Redis', () => Promise.reject(new NotHere('no redis-server')));
    expect(findings).toEqual([{ what: 'on Redis', measured: 'not run: no redis-server', state: 'not run' }]);
  });

  it('keeps the beginning of a long reason and the last that was written', async () => {
    const long = `late\n${'x '.repeat(2_000)}the end`;
    const [finding] = await attempt(bench, 'it', () => Promise.reject(new Error(long)));
    expect(finding?.measured).toMatch(/^failed: late x .* … .* the end$/);
    expect(finding?.measured.length).toBeLessThan(400);
  });
});
