const REPLACED = Buffer.from('\ufffd');
const FORBIDDEN_KEY = Buffer.from('__proto__').subarray(0, 8);

/** Half of a surrogate pair is written as ED A0…BF, or replaced. Numbers may contain the same bytes. */
const mayHoldLoneSurrogate = (bytes: Buffer): boolean => {
  if (bytes.includes(REPLACED)) return true;
  for (let at = bytes.indexOf(0xed); at !== -1; at = bytes.indexOf(0xed, at + 1))
    if ((bytes[at + 1] ?? 0) >= 0xa0) return true;
  return false;
};

/**
 * Whether `body`, packed into `bytes`, is read back as it was. Text that is not well-formed and the key `__proto__` are not: JSON
 * keeps those. May say no too often, never yes wrongly.
 */
export const isExactAsMsgpack = (bytes: Buffer, body: unknown): boolean => {
  if (bytes.includes(FORBIDDEN_KEY)) return false;
  // JSON writes nothing but a lone surrogate like this, or a backslash before these letters.
  return !mayHoldLoneSurrogate(bytes) || !JSON.stringify(body).includes('\\ud');
};
