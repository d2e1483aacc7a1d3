import { signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const KEPT_AS = 'doorbuster.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

const chosen = (): Theme => {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === 'light' || kept === 'dark') return kept;
  return system.matches ? 'dark' : 'light';
};

export const theme = signal<Theme>(chosen());

const show = (): void => {
  document.documentElement.dataset['theme'] = theme.value;
};

/** As the reader chose it, else as their system is. */
export const startTheme = (): void => {
  system.addEventListener('change', () => {
    theme.value = chosen();
    show();
  });
  show();
};

export const changeTheme = (): void => {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem(KEPT_AS, theme.value);
  show();
};
