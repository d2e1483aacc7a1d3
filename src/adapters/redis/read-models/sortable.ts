const SIGN = 0x8000_0000_0000_0000n;
const ALL = 0xffff_ffff_ffff_ffffn;
const view = new DataView(new ArrayBuffer(8));

/** A number as 16 characters that sort as the number does: sorted sets can then page by `sort:id` without skipping. */
export const sortable = (value: number): string => {
  // Minus zero is zero.
  view.setFloat64(0, value + 0);
  const bits = view.getBigUint64(0);
  const ordered = bits & SIGN ? bits ^ ALL : bits | SIGN;
  return ordered.toString(16).padStart(16, '0');
};

/** How many characters stand before the id in an entry. */
export const SORT_LENGTH = 17;
