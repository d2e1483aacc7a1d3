const REPLACED = Buffer.from('\ufffd');
const FORBIDDEN_KEY = Buffer.from('__proto__').subarray(0, 8);

/** Half of a surrogate pair is written as ED A0…BF, which is read back as something else. */
const hasLoneSurrogate = (bytes: Buffer): boolean => {
  for (let at = bytes.indexOf(0xed); at !== -1; at = bytes.indexOf(0xed, at + 1))
    if ((bytes[at + 1] ?? 0) >= 0xa0) return true;
  return false;
};

/**
 * Whether what was packed into `bytes` is read back as it was. Text that is not well-formed and the key `__proto__`
 * are not: JSON keeps those. May say no too often, never yes wrongly.
 */
export const isExactAsMsgpack = (bytes: Buffer): boolean =>
  !bytes.includes(FORBIDDEN_KEY) && !bytes.includes(REPLACED) && !hasLoneSurrogate(bytes);
