import { iso } from '../../../src/application/kernel/iso.js';

describe('a moment as text', () => {
  it('is the same however often it is asked for, and in whatever company', () => {
    const moments = [0, 1, 1_024, 1_763_700_000_000, 1_763_700_001_024, 8_640_000_000_000_000, -1, -1_024, 1.5];
    for (let round = 0; round < 3; round++) for (const at of moments) expect(iso(at)).toBe(new Date(at).toISOString());
  });

  it('is refused for what is no moment', () => {
    expect(() => iso(NaN)).toThrow(RangeError);
    expect(() => iso(8_640_000_000_000_001)).toThrow(RangeError);
  });
});
