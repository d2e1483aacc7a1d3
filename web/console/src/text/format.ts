import { language } from './index.js';

const numbers = new Map<string, Intl.NumberFormat>();

const numberFormat = (digits: number): Intl.NumberFormat => {
  const key = `${language.value} ${digits}`;
  const known = numbers.get(key) ?? new Intl.NumberFormat(language.value, { maximumFractionDigits: digits });
  numbers.set(key, known);
  return known;
};

export const shown = (value: number): string => numberFormat(0).format(value);

/** 0.4 ms, 12 ms, 1.3 s. */
export const duration = (ms: number): string => {
  if (ms < 1_000) return `${numberFormat(ms < 10 ? 1 : 0).format(ms)} ms`;
  if (ms < 120_000) return `${numberFormat(ms < 10_000 ? 1 : 0).format(ms / 1_000)} s`;
  return `${numberFormat(0).format(ms / 60_000)} min`;
};

export const clockTime = (iso: string): string =>
  new Intl.DateTimeFormat(language.value, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(iso),
  );

/** With the zone it is told in: an opening is announced in another often enough. */
export const dateTime = (iso: string): string =>
  new Intl.DateTimeFormat(language.value, {
    ...{ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    timeZoneName: 'short',
  }).format(new Date(iso));

/** The zone in which times are entered here, as it is at that moment: Europe/Berlin, GMT+2. */
export const zoneAt = (at: Date): string => {
  const format = new Intl.DateTimeFormat(language.value, { timeZoneName: 'shortOffset' });
  const offset = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value;
  return [format.resolvedOptions().timeZone, offset].join(', ');
};

/** 02:14:09 until a moment; 00:00:00 after it. */
export const countdown = (until: string, now: string): string => {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - Date.parse(now)) / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
};
