import { signal } from '@preact/signals';

export const pages = ['tonight', 'shop', 'people', 'proof', 'repair', 'audit'] as const;
export type Page = (typeof pages)[number];

export interface Place {
  readonly page: Page;
  /** What follows the page in the address: kinds, ids. */
  readonly rest: ReadonlyArray<string>;
}

const isPage = (name: string): name is Page => pages.some((page) => page === name);

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const placeIn = (hash: string): Place => {
  const [page = '', ...rest] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  return isPage(page) ? { page, rest: rest.filter((part) => part !== '') } : { page: 'tonight', rest: [] };
};

/** Where the reader is, as the address says it after `#`. */
export const place = signal<Place>(placeIn(location.hash));

addEventListener('hashchange', () => {
  place.value = placeIn(location.hash);
});

export const linkTo = (...parts: ReadonlyArray<string>): string => `#/${parts.map(encodeURIComponent).join('/')}`;
