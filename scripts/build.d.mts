/** Replaces the directory by what `npm run build` makes. */
export declare const build: (outdir: string) => void;
/** Puts what `/docs` shows beside its page. */
export declare const copyReference: () => void;
