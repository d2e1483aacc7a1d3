const RECEIPT = /^[\w-]+\.([\w-]+)\.[\w-]+$/;

/** What a receipt names, the narrowest first; what is no receipt is an id itself. Whether it is genuine is another question. */
export const idsIn = (asked: string): ReadonlyArray<string> => {
  const [, payload] = RECEIPT.exec(asked) ?? [];
  if (payload === undefined) return [asked];
  try {
    const said = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return [said.orderId, said.userId, said.requestId, said.sub].filter((id) => typeof id === 'string');
  } catch {
    return [asked];
  }
};
