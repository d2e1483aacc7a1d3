/** The languages a person may read us in. */
export type Language = 'en' | 'ko';
