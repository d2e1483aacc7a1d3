/** `header.payload.signature~statement~index~path`: the statement says what was promised to whom. */
const RECEIPT = /^[\w-]+\.[\w-]+\.[\w-]+~([\w-]+)~/;

/** What a receipt names; what is no receipt is an id itself. Whether it is genuine is another question. */
export const idsIn = (asked: string): ReadonlyArray<string> => {
  const [, statement] = RECEIPT.exec(asked) ?? [];
  if (statement === undefined) return [asked];
  try {
    const said = JSON.parse(atob(statement.replaceAll('-', '+').replaceAll('_', '/')));
    return [said.orderId, said.requestId, said.userId].filter((id) => typeof id === 'string');
  } catch {
    return [asked];
  }
};
