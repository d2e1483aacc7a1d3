const ROLES = ['operator', 'service'];

/**
 * Keys for a server with AUTH=jwt: `/#operator=KEY&service=KEY`. Browsers do not send what comes after `#`; it is taken out of the
 * address, and kept for this tab alone.
 */
const takeKeys = () => {
  const given = new URLSearchParams(location.hash.slice(1));
  if (!ROLES.some((role) => given.has(role))) return;
  for (const role of ROLES) {
    if (given.has(role)) window.sessionStorage.setItem(role, given.get(role));
    given.delete(role);
  }
  window.history.replaceState(null, '', `${location.pathname}${location.search}#${given}`);
};
takeKeys();
window.addEventListener('hashchange', takeKeys);

/** Of who asks: the `operator` of the shop, or its `service` in the name of whoever is on this page. */
export const keyOf = (role) => window.sessionStorage.getItem(role) ?? undefined;
