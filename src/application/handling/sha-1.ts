const BLOCK = 64;
/** Scratch of one digest at a time: nothing here awaits. */
const words = new Int32Array(80);
let blocks = new Uint8Array(BLOCK * 4);

const pad = (bytes: Uint8Array, length: number): number => {
  const size = Math.ceil((length + 9) / BLOCK) * BLOCK;
  bytes.fill(0, length, size);
  bytes[length] = 0x80;
  new DataView(bytes.buffer).setUint32(size - 4, length * 8);
  return size;
};

const expand = (bytes: Uint8Array, from: number): void => {
  for (let i = 0, at = from; i < 16; i++, at += 4)
    words[i] =
      ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  for (let i = 16; i < 80; i++) {
    const mixed = (words[i - 3] ?? 0) ^ (words[i - 8] ?? 0) ^ (words[i - 14] ?? 0) ^ (words[i - 16] ?? 0);
    words[i] = (mixed << 1) | (mixed >>> 31);
  }
};

/**
 * SHA-1 (FIPS 180-4) of `prefix` followed by an ASCII text, as five 32-bit words. For deriving ids, not for secrets:
 * an id per event is asked for a hundred thousand times a second, and a hash object each time costs more than the hash.
 */
export const sha1 = (prefix: Uint8Array, text: string): readonly [number, number, number, number, number] => {
  const length = prefix.length + text.length;
  if (blocks.length < length + BLOCK + 9) blocks = new Uint8Array(2 * length + 2 * BLOCK);
  blocks.set(prefix);
  for (let i = 0; i < text.length; i++) blocks[prefix.length + i] = text.charCodeAt(i);
  const size = pad(blocks, length);

  let h0 = 0x67452301;
  let h1 = 0xefcdab89 | 0;
  let h2 = 0x98badcfe | 0;
  let h3 = 0x10325476;
  let h4 = 0xc3d2e1f0 | 0;
  for (let from = 0; from < size; from += BLOCK) {
    expand(blocks, from);
    // One by one: taking an array apart here would cost more than the eighty turns.
    let a = h0;
    let b = h1;
    let c = h2;
    let d = h3;
    let e = h4;
    for (let i = 0; i < 80; i++) {
      const f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
      const k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
      const next = (((a << 5) | (a >>> 27)) + f + e + k + (words[i] ?? 0)) | 0;
      e = d;
      d = c;
      c = (b << 30) | (b >>> 2);
      b = a;
      a = next;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
  }
  return [h0, h1, h2, h3, h4];
};
