/** Lua names for the keys, so that scripts read as sentences. The order is that of `inOrder`. */
export const names = `
local terms, holders, places, pending, loading, missed = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local function asked(user, request) return user .. '\\n' .. request end
`;
