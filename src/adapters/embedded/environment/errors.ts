/** Why a data directory could not be opened. Nothing in it was touched. */
export type DataDirectoryError =
  /** Another live process has it. `url` is where that one listens, once it does. */
  | {
      readonly code: 'DataDirectoryInUse';
      readonly directory: string;
      readonly pid: number;
      readonly url: string | null;
    }
  | { readonly code: 'DataDirectoryNotWritable'; readonly directory: string; readonly reason: string }
  /** Written by a newer Doorbuster: its format is not known here. */
  | {
      readonly code: 'DataDirectoryTooNew';
      readonly directory: string;
      readonly found: number;
      readonly supported: number;
    };

/** Whatever the file system or LMDB said, as the reason a directory cannot be used. */
export const notWritable = (directory: string, cause: unknown): DataDirectoryError => ({
  code: 'DataDirectoryNotWritable',
  directory,
  reason: cause instanceof Error ? cause.message : String(cause),
});
