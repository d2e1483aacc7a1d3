import { either as E } from 'fp-ts';

/** Why there is no backup, or nothing was restored; `message` tells people what to do. */

export interface BackupFault {
  readonly code:
    | 'NO_ERASURES'
    | 'NOT_A_BACKUP'
    | 'BACKUP_TOO_NEW'
    | 'BACKUP_DAMAGED'
    | 'TARGET_NOT_EMPTY'
    | 'TARGET_NOT_USABLE'
    | 'NO_DATA'
    | 'NO_ROOM';
  readonly message: string;
}

export const fault = (code: BackupFault['code'], message: string): E.Either<BackupFault, never> =>
  E.left({ code, message });
