import { option as O, taskEither as TE } from 'fp-ts';
import { type ReadModels } from '../ports/read-models.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { crowdDocumentIds } from './crowd.js';
import {
  type CrowdDocument,
  type ScheduleDocument,
  scheduleDocumentId,
  type TokenDocument,
  tokenDocumentId,
  type UserDocument,
  userDocumentId,
  type WaitingDocument,
} from './documents.js';
import { waitingRoomsView } from './waiting-rooms.js';

const MOST_SCHEDULES = 1_000;

type Read<A> = TE.TaskEither<'ReadModelsUnavailable', A>;

export interface WaitingRoomReader {
  readonly schedule: (scheduleId: string) => Read<O.Option<ScheduleDocument>>;
  /** The first thousand, in order of id. */
  readonly schedules: () => Read<ReadonlyArray<ScheduleDocument>>;
  readonly token: (tokenId: string) => Read<O.Option<TokenDocument>>;
  /** The latest token of a user. */
  readonly user: (scheduleId: string, userId: string) => Read<O.Option<UserDocument>>;
  /** What the position of a place is told from: the room's counts, and the crowd's by level, all as of one moment. */
  readonly around: (
    scheduleId: string,
    place: number,
  ) => Read<{ readonly schedule: O.Option<ScheduleDocument>; readonly crowd: ReadonlyArray<CrowdDocument | null> }>;
}

const isSchedule = (document: WaitingDocument): document is ScheduleDocument => document.kind === 'schedule';
const isCrowd = (document: WaitingDocument): document is CrowdDocument => document.kind === 'crowd';
const isToken = (document: WaitingDocument): document is TokenDocument => document.kind === 'token';
const isUser = (document: WaitingDocument): document is UserDocument => document.kind === 'user';

export const readWaitingRooms = (readModels: ReadModels): WaitingRoomReader => {
  const reader = liveReader(readModels);
  const get = (id: string): Read<O.Option<WaitingDocument>> => reader.get(waitingRoomsView, id);
  return {
    schedule: (scheduleId) => TE.map(O.filter(isSchedule))(get(scheduleDocumentId(scheduleId))),
    schedules: () =>
      TE.map((found: ReadonlyArray<WaitingDocument>) => found.filter(isSchedule))(
        reader.within(waitingRoomsView, scheduleDocumentId(''), MOST_SCHEDULES),
      ),
    token: (tokenId) => TE.map(O.filter(isToken))(get(tokenDocumentId(tokenId))),
    user: (scheduleId, userId) => TE.map(O.filter(isUser))(get(userDocumentId(scheduleId, userId))),
    around: (scheduleId, place) =>
      TE.map(([schedule = O.none, ...crowd]: ReadonlyArray<O.Option<WaitingDocument>>) => ({
        schedule: O.filter(isSchedule)(schedule),
        crowd: crowd.map((level) => O.toNullable(O.filter(isCrowd)(level))),
      }))(reader.getMany(waitingRoomsView, [scheduleDocumentId(scheduleId), ...crowdDocumentIds(scheduleId, place)])),
  };
};
