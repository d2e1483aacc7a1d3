import { cellsOf } from '../../bench/harness/report.js';
import { atLeast, atMost } from '../../bench/harness/row.js';

const verdictOf = (judged: ReturnType<typeof atLeast>, short = false): string | undefined =>
  cellsOf({ what: 'it', ...judged }, short).at(-1);

describe('the verdict on a figure', () => {
  it.each([
    [0.7, 'aim met'],
    [0.6999, 'at least met'],
    [0.35, 'at least met'],
    [0.3499, '**missed**'],
    [0, '**missed**'],
  ])('of which more is better: %d', (value, verdict) => {
    expect(verdictOf(atLeast(value, 0.35, 0.7, String))).toBe(verdict);
  });

  it.each([
    [25, 'aim met'],
    [25.1, 'at least met'],
    [100, 'at least met'],
    [100.1, '**missed**'],
    [Infinity, '**missed**'],
  ])('of which less is better: %d', (value, verdict) => {
    expect(verdictOf(atMost(value, 100, 25, String))).toBe(verdict);
  });

  it('is none where nothing was measured', () => {
    expect(() => atLeast(NaN, 1, 2, String)).toThrow('nothing was measured');
    expect(() => atMost(NaN, 2, 1, String)).toThrow('nothing was measured');
  });

  it('is none on small numbers, and none on what is only compared with', () => {
    expect(verdictOf(atLeast(1, 1, 1, String), true)).toBe('not judged');
    expect(cellsOf({ what: 'it', measured: '1' }, false).at(-1)).toBe('');
  });

  it('stands behind what was wanted', () => {
    expect(cellsOf({ what: 'it', ...atMost(1_500, 3_000, 1_000, (value) => `${value} ms`) }, false)).toEqual([
      'it',
      '1500 ms',
      '3000 ms',
      '1000 ms',
      'at least met',
    ]);
  });

  it('says what was not measured', () => {
    expect(cellsOf({ what: 'it', measured: 'failed: late', state: 'failed' }, false).at(-1)).toBe('failed');
  });
});
