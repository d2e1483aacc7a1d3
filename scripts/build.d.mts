/** Replaces the directory by what `npm run build` makes, of `src` or of another directory within this one. */
export declare const build: (outdir: string, sources?: string) => void;
/** Puts what `/docs` shows beside its page. */
export declare const copyReference: () => void;
