/** Lua names for the keys, so that scripts read as sentences. The order is that of `inOrder`. */
export const names = `
local terms, holders, places, requests, times, loading = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
`;
