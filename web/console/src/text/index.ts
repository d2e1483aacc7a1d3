import { signal } from '@preact/signals';
import { en } from './en.js';
import { ko } from './ko.js';

export type Language = 'en' | 'ko';
export type Key = keyof typeof en;

const KEPT_AS = 'doorbuster.language';

const first = (): Language => {
  const kept = localStorage.getItem(KEPT_AS) ?? navigator.language;
  return kept.startsWith('ko') ? 'ko' : 'en';
};

export const language = signal<Language>(first());

export const speak = (chosen: Language): void => {
  localStorage.setItem(KEPT_AS, chosen);
  document.documentElement.lang = chosen;
  language.value = chosen;
};

/** What stands on the page, in the reader's language; `{name}` is replaced. */
export const t = (key: Key, values: Readonly<Record<string, string | number>> = {}): string => {
  const text: string = (language.value === 'ko' ? ko : en)[key];
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
};

const isKey = (key: string): key is Key => Object.hasOwn(en, key);

/** The same for a key that is put together: what has no words of its own is shown as it is. */
export const words = (prefix: string, name: string): string => {
  const key = `${prefix}.${name}`;
  return isKey(key) ? t(key) : name;
};
