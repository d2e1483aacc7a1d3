const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What a number makes of a challenge: its hash, hashed again as often as the challenge says. */
const derive = async ({ algorithm, cost, keyLength }, guess) => {
  let key = guess;
  for (let round = 0; round < cost; round += 1) key = await crypto.subtle.digest(algorithm, key);
  return hex(key.slice(0, keyLength));
};

/** ALTCHA's proof of work, as its widget does it: looks for a number whose hash begins as the challenge wants. */
export const solve = async (challenge) => {
  const { parameters } = challenge;
  const [salt, nonce] = [bytes(parameters.salt), bytes(parameters.nonce)];
  const guess = new Uint8Array(salt.length + nonce.length + 4);
  guess.set(salt);
  guess.set(nonce, salt.length);
  const view = new DataView(guess.buffer);
  for (let counter = 0; ; counter += 1) {
    view.setUint32(salt.length + nonce.length, counter);
    const derivedKey = await derive(parameters, guess);
    if (derivedKey.startsWith(parameters.keyPrefix))
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
  }
};
