import { type Language } from './messages.js';

const languageOf = (range: string): Language | null => {
  const primary = range.split('-', 1)[0];
  if (primary === 'ko') return 'ko';
  return primary === 'en' || primary === '*' ? 'en' : null;
};

const qualityOf = (parameters: ReadonlyArray<string>): number => {
  const given = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
  if (given === undefined) return 1;
  const quality = Number(given.slice(2));
  return quality >= 0 && quality <= 1 ? quality : 0;
};

/** The language this Accept-Language likes best; of equals the one named first; English when it likes none of ours. */
export const preferredLanguage = (accepted: string | undefined): Language => {
  if (accepted === undefined) return 'en';
  let best: Language = 'en';
  let bestQuality = 0;
  for (const item of accepted.split(',', 32)) {
    const [range = '', ...parameters] = item.split(';');
    const language = languageOf(range.trim().toLowerCase());
    const quality = qualityOf(parameters);
    if (language !== null && quality > bestQuality) {
      best = language;
      bestQuality = quality;
    }
  }
  return best;
};
