import { median, percentile, spread } from '../../bench/harness/numbers.js';

describe('figures', () => {
  it('have a middle that no outlier moves, whatever their order', () => {
    expect(median([5, 1, 900])).toBe(5);
    expect(median([4, 2])).toBe(3);
    expect(median([9, 10, 1, 2])).toBe(5.5);
    expect(median([7])).toBe(7);
  });

  it('have a percentile that so many of all do not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(percentile(hundred, 99)).toBe(99);
    expect(percentile(hundred, 50)).toBe(50);
    expect(percentile(hundred, 100)).toBe(100);
    expect(percentile([3, 1000], 99)).toBe(1000);
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 99)).toBe(10);
  });

  it('are sorted as numbers, not as words', () => {
    expect(median([10, 9, 100])).toBe(10);
    expect(percentile([2, 10, 1], 100)).toBe(10);
  });

  it('are nothing where nothing was measured', () => {
    expect(median([])).toBeNaN();
    expect(percentile([], 99)).toBeNaN();
  });

  it('show between which values the rounds lay, unless there was but one', () => {
    expect(spread([3, 1, 2], String)).toBe(' (1–3)');
    expect(spread([3], String)).toBe('');
  });
});
