import { type taskEither as TE } from 'fp-ts';

export interface StatusChange {
  readonly orderId: string;
  readonly userId: string;
  readonly status: string;
  /** `{orderId}-{status}`: told twice with it, it counts once. */
  readonly idempotencyKey: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Who wants to know how orders fare, outside. */
export interface DataPlatform {
  /** 'Refused': it will never be accepted; anything else is tried again. */
  readonly tell: (change: StatusChange) => TE.TaskEither<'DataPlatformUnavailable' | 'Refused', void>;
}
