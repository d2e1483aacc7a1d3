/** Replaces the directory by what `npm run build` makes. */
export declare const build: (outdir: string) => void;
