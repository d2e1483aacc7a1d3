import { type ComponentChildren } from 'preact';
import { type Page } from '../route.js';

const Icon = ({ children }: { readonly children: ComponentChildren }) => (
  <svg
    viewBox="0 0 24 24"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
);

export const Logo = () => (
  <svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="var(--accent)" />
    <path d="M11 7h10a1 1 0 0 1 1 1v17H10V8a1 1 0 0 1 1-1z" fill="#fff" opacity=".3" />
    <path d="M11 7l8 3v17l-8-2z" fill="#fff" />
    <circle cx="16.6" cy="17.5" r="1.2" fill="var(--accent)" />
  </svg>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2v2m0 16v2M4.9 4.9l1.4 1.4m11.4 11.4 1.4 1.4M2 12h2m16 0h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.500 10.500z" />
  </Icon>
);

const paths: Readonly<Record<Page, string>> = {
  tonight: 'M3 12h4l3-8 4 16 3-8h4',
  shop: 'M4 8h16l-1 12H5L4 8zm4 0a4 4 0 0 1 8 0',
  people:
    'M16 20v-1a4 4 0 0 0-8 0v1M12 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM20 20v-1a4 4 0 0 0-2.500-3.700M16.500 4.300a3.500 3.500 0 0 1 0 6.400',
  proof: 'M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6l8-3zm-3.500 9 2.500 2.500 4.500-5',
  repair:
    'M14.500 6.500a4 4 0 0 0-5.400 5L3.500 17a2 2 0 1 0 3 3l5.600-5.600a4 4 0 0 0 5-5.400l-2.600 2.600-2.600-2.600 2.600-2.500z',
  audit: 'M7 3h10a1 1 0 0 1 1 1v17l-3-2-3 2-3-2-3 2V4a1 1 0 0 1 1-1zm2 5h6m-6 4h6',
};

export const PageIcon = ({ page }: { readonly page: Page }) => (
  <Icon>
    <path d={paths[page]} />
  </Icon>
);
