/** The languages a person may read us in. */
export type Language = 'en' | 'ko';

const languageOf = (range: string): Language | '*' | null => {
  const primary = range.split('-', 1)[0];
  return primary === 'ko' || primary === 'en' || primary === '*' ? primary : null;
};

const qualityOf = (parameters: ReadonlyArray<string>): number => {
  const given = parameters.map((p) => p.trim().toLowerCase()).find((p) => p.startsWith('q='));
  if (given === undefined) return 1;
  const quality = Number(given.slice(2));
  return quality >= 0 && quality <= 1 ? quality : 0;
};

/** The language this Accept-Language likes best; of equals the one named first; English when it likes none of ours. */
export const preferredLanguage = (accepted: string | undefined): Language => {
  if (accepted === undefined) return 'en';
  const liked = new Map<Language | '*', number>();
  for (const item of accepted.split(',', 32)) {
    const [range = '', ...parameters] = item.split(';');
    const language = languageOf(range.trim().toLowerCase());
    if (language !== null && !liked.has(language)) liked.set(language, qualityOf(parameters));
  }
  // `*` stands for whatever is not named itself.
  const others = liked.get('*') ?? 0;
  const [en, ko] = [liked.get('en') ?? others, liked.get('ko') ?? others];
  if (en !== ko) return en > ko ? 'en' : 'ko';
  return en > 0 && [...liked.keys()].find((language) => language !== '*') === 'ko' ? 'ko' : 'en';
};
