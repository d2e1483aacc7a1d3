import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type AdmissionGate } from '../ports/admission-gate.js';
import { liveReader } from '../projecting/live-reader.js';
import { settledRead, type SettledReadPorts } from './settled-read.js';
import { issueRequestsView, type RequestAnswer, type RequestDocument } from './views/issue-requests.js';

export interface IssueStatus {
  readonly requestId: string;
  readonly couponId: string;
  /** Null where nobody knows: the message could not be read. */
  readonly userId: string | null;
  readonly status: 'PROCESSING' | RequestAnswer['status'];
  /** Why not, when it was decided against. */
  readonly code?: RequestAnswer['code'];
  readonly place?: number;
  /** Epoch milliseconds; null while it is not decided. */
  readonly processedAt: number | null;
}

/** 'UNAVAILABLE': it cannot be told now whether the request was ever accepted. */
export type IssueStatusError = { readonly code: 'REQUEST_NOT_FOUND' | 'UNAVAILABLE' };

export type IssueStatusById = (requestId: string) => TE.TaskEither<IssueStatusError, IssueStatus>;

export interface IssueStatusPorts extends SettledReadPorts {
  readonly gate: Pick<AdmissionGate, 'pending' | 'requestOf'>;
}

const decided = ({ requestId, couponId, userId, status, code, place, processedAt }: RequestDocument): IssueStatus => ({
  requestId,
  couponId,
  userId,
  status,
  ...(code === undefined ? {} : { code }),
  ...(place === undefined ? {} : { place }),
  processedAt,
});

export const isFinal = ({ status }: IssueStatus): boolean => status !== 'PROCESSING';

/** The read model, else the gate, else, when both are known to be complete, nothing. An accepted request is always found. */
export const issueStatus = (ports: IssueStatusPorts): IssueStatusById => {
  const reader = liveReader(ports.readModels);
  return (requestId) => async () => {
    const read = reader.get(issueRequestsView, requestId);
    const first = await read();
    if (E.isLeft(first)) return E.left({ code: 'UNAVAILABLE' });
    if (O.isSome(first.right)) return E.right(decided(first.right.value));

    const pending = await ports.gate.pending(requestId)();
    if (E.isLeft(pending)) return E.left({ code: 'UNAVAILABLE' });
    if (O.isSome(pending.right)) {
      const { couponId, userId } = pending.right.value;
      return E.right({ requestId, couponId, userId, status: 'PROCESSING', processedAt: null });
    }

    const settled = await settledRead(ports)(issueRequestsView, read)();
    if (E.isLeft(settled)) return E.left({ code: 'UNAVAILABLE' });
    return O.isSome(settled.right) ? E.right(decided(settled.right.value)) : E.left({ code: 'REQUEST_NOT_FOUND' });
  };
};
