import { type taskEither as TE } from 'fp-ts';
import { type ReleaseStream } from '../../application/kernel/process/parking/operate-parking.js';
import { type ParkedStream } from '../../application/kernel/process/parking/parked-streams-view.js';
import { type FindingKind } from '../../application/kernel/audit/finding.js';
import { type Progress } from '../../application/kernel/projection/catch-up.js';
import { type ProjectionStatus } from '../../application/kernel/projection/projection-status.js';
import { type Rebuilt } from '../../application/kernel/projection/rebuild-projection.js';
import { type OrdersOfEvent } from '../../application/checkout/order/find-orders.js';
import { type OperateSaga } from '../../application/checkout/parking/operate-parked.js';
import { type ParkedSaga } from '../../application/checkout/parking/views/parked-sagas.js';
import { type FindPerson } from '../../application/operating/people/find-person.js';
import { type ReadExport } from '../../application/operating/exports/export-rows.js';
import { type ReadBoard } from '../../application/operating/board/read-board.js';
import { type FindActs } from '../../application/operating/audit-trail/find-acts.js';
import { type ExportUser } from '../../application/operating/personal-data/export-user.js';
import { type EraseUser, type ErasedUser } from '../../application/operating/personal-data/erase-user.js';
import { type TimelineOfUser } from '../../application/operating/timeline/timeline-of-user.js';
import { type ProjectionVerified } from '../../application/kernel/projection/verify-projection.js';

/** What keeps an operator's call from being carried out. */
export interface AdminError {
  readonly code:
    | 'UNAVAILABLE'
    | 'OUTCOME_UNKNOWN'
    | 'PROJECTION_NOT_FOUND'
    | 'PROJECTION_BUSY'
    | 'OVERLOADED'
    | 'DEAD_LETTER_NOT_FOUND'
    | 'ALREADY_REPLAYED'
    | 'ALREADY_DISCARDED'
    | 'NOT_REPLAYABLE'
    | 'ORIGINAL_GONE'
    | 'COUPON_NOT_FOUND'
    | 'SCHEDULE_NOT_FOUND'
    | 'ORDER_NOT_FOUND'
    | 'PRODUCT_NOT_FOUND'
    | 'SAGA_NOT_FOUND'
    | 'USER_NOT_FOUND'
    | 'STREAM_NOT_PARKED'
    | 'INVALID_ORDER_STATE'
    | 'INVALID_CURSOR';
}

export type AdminCall<Request, Answer> = (request: Request) => TE.TaskEither<AdminError, Answer>;

/** A call that takes long and says how far it is; `signal` is aborted when the caller has left. */
export type LongAdminCall<Request, Step extends object, Answer extends object> = (
  request: Request,
  watched: { readonly onProgress: (step: Step) => void; readonly signal: AbortSignal },
) => TE.TaskEither<AdminError, Answer>;

/** How far a count has come; `total` null while it is not known. */
export interface Count {
  readonly done: number;
  readonly total: number | null;
}

export interface DeadLetterView {
  readonly id: string;
  readonly topic: string;
  readonly failureReason: string;
  /** ISO-8601. */
  readonly firstAttemptAt: string;
  readonly lastAttemptAt: string;
  readonly recordedAt: string;
  readonly history: ReadonlyArray<{
    readonly action: string;
    readonly actor: string;
    readonly reason: string;
    readonly at: string;
  }>;
}

export interface DeadLetterAction {
  readonly id: string;
  readonly actor: string;
  readonly reason: string;
  readonly correlationId: string;
}

export interface ReplayRequest {
  readonly topic: string;
  readonly dryRun: boolean;
  /** Messages a second. */
  readonly rate?: number;
  readonly limit?: number;
  readonly actor: string;
  readonly reason: string;
  readonly correlationId: string;
}

export interface Report {
  readonly verdict: 'PASS' | 'FAIL';
  readonly reasons: ReadonlyArray<unknown>;
}

export interface Finding {
  readonly kind: FindingKind;
}

/** What the console needs beside the command line's calls. */
export interface ConsoleUseCases {
  readonly readBoard: ReadBoard;
  readonly findPerson: FindPerson;
  readonly readExport: ReadExport;
  readonly verifyHistory: LongAdminCall<object, Count, Report>;
}

/** What operators drive over `/admin`: the one list of it, mirroring the command line. Answers are shown as they are. */
export interface AdminUseCases {
  readonly listProjections: () => TE.TaskEither<AdminError, ReadonlyArray<ProjectionStatus>>;
  readonly projectionStatus: AdminCall<string, ProjectionStatus>;
  readonly rebuildProjection: LongAdminCall<{ readonly name: string; readonly verify: boolean }, Progress, Rebuilt>;
  readonly verifyProjection: LongAdminCall<string, Progress, ProjectionVerified>;
  readonly listDeadLetters: AdminCall<
    { readonly topic?: string; readonly cursor?: string; readonly limit: number },
    { readonly items: ReadonlyArray<DeadLetterView>; readonly nextCursor: string | null }
  >;
  readonly showDeadLetter: AdminCall<string, DeadLetterView>;
  readonly replayDeadLetter: AdminCall<DeadLetterAction & { readonly dryRun: boolean }, object>;
  readonly replayDeadLetters: LongAdminCall<ReplayRequest, Count, object>;
  readonly discardDeadLetter: AdminCall<DeadLetterAction, object>;
  readonly verifyCoupon: LongAdminCall<string, Count, Report>;
  readonly verifySchedule: LongAdminCall<string, Count, Report>;
  readonly verifyOrder: LongAdminCall<string, Count, Report>;
  /** Orders that are paid, of an event of the shop: owed something when it was cancelled. */
  readonly boughtOfEvent: OrdersOfEvent;
  readonly verifyOrderStock: LongAdminCall<string, Count, Report>;
  readonly findActs: FindActs;
  readonly timelineOfUser: TimelineOfUser;
  readonly exportUser: ExportUser;
  readonly eraseUser: AdminCall<EraseUser, ErasedUser>;
  readonly listSagas: AdminCall<
    { readonly cursor?: string; readonly limit: number },
    { readonly items: ReadonlyArray<ParkedSaga>; readonly nextCursor: string | null }
  >;
  readonly listParkedStreams: () => TE.TaskEither<AdminError, { readonly items: ReadonlyArray<ParkedStream> }>;
  readonly releaseStream: AdminCall<ReleaseStream, { readonly consumer: string; readonly streamId: string }>;
  readonly replaySaga: OperateSaga;
  readonly compensateSaga: OperateSaga;
  readonly reconcile: LongAdminCall<
    { readonly heal: boolean; readonly correlationId: string },
    Count,
    { readonly findings: ReadonlyArray<Finding>; readonly healed: number }
  >;
}
