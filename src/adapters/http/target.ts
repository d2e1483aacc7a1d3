const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/**
 * The path and query of a request's target, beginning with one slash, whatever came. An absolute target (RFC 9112) is read
 * without its authority, which may be nonsense that no parser takes. Never throws.
 */
export const originForm = (target: string): string =>
  target.startsWith('/') ? target : `/${target.replace(AUTHORITY, '').replace(/^\/+/, '')}`;

/** The path alone, as it came. */
export const pathOf = (target: string): string => {
  const [path = '/'] = originForm(target).split('?', 1);
  return path;
};
