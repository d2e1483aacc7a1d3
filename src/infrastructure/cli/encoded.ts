/** A name given on the command line as one segment of a path, whatever it contains. */
export const encoded = (name: unknown): string => encodeURIComponent(String(name));
