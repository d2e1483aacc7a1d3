import { type LockHolder } from './holder.js';

/** Why a data directory could not be opened. Nothing in it was touched. */
export type DataDirectoryError =
  /** Another live process has it, on this machine or another. `holder`: what that one says of itself, once it does. */
  | { readonly code: 'DataDirectoryInUse'; readonly directory: string; readonly holder: LockHolder | null }
  | { readonly code: 'DataDirectoryNotWritable'; readonly directory: string; readonly reason: string }
  /** Other users of this machine may read or write it, or `exposed`, a file in it. */
  | { readonly code: 'DataDirectoryNotPrivate'; readonly directory: string; readonly exposed: string }
  /** Its file system has no locks, so nothing would keep a second process off. */
  | { readonly code: 'DataDirectoryNotLockable'; readonly directory: string }
  /** Its shop was moved to other engines: both would sell the same goods. */
  | {
      readonly code: 'DataDirectoryMoved';
      readonly directory: string;
      readonly to: string;
      readonly at: string;
    }
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
