import { z } from 'zod';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from '../../coupon/coupon-streams.js';
import { EVENT_STREAMS } from '../../event/event-streams.js';
import { BEGINNING } from '../../ports/event-store.js';
import { type View } from '../../projecting/view.js';
import { type NoticeKind } from '../notice.js';
import { toNotice } from '../to-notice.js';

/** The streams somebody is told of. */
export const noticedStreams: ReadonlyArray<string> = [
  COUPON_STREAMS,
  COUPON_REJECTION_STREAMS,
  EVENT_STREAMS,
  'order-',
  'payment-',
  'waitingRoom-',
];

const kinds = {
  'coupon-issued': true,
  'coupon-rejected': true,
  'token-activated': true,
  'order-completed': true,
  'order-cancelled': true,
  'payment-completed': true,
  'event-open': true,
} as const satisfies Record<NoticeKind, true>;
const isKind = (value: unknown): value is NoticeKind => typeof value === 'string' && Object.hasOwn(kinds, value);

const inbox = z.object({
  /** In order of position. */
  notices: z.array(z.object({ position: z.number(), kind: z.custom<NoticeKind>(isKind), data: z.looseObject({}) })),
  /** The position of the last notice that is no longer kept; BEGINNING while all are. */
  forgottenUpTo: z.number(),
});

/** The last things one user was told. */
export type Inbox = z.infer<typeof inbox>;

/** As many as anybody who was away for a while will want; who missed more starts afresh. */
const KEPT = 100;

/** By userId, and under EVERYONE what everyone was told: both in one view, so that they are read as of one position. */
export const noticesView: View<Inbox> = {
  name: 'notices',
  version: 1,
  schema: inbox,
  streamPrefixes: noticedStreams,
  documentIds: (event) => {
    const notice = toNotice(event);
    return notice === null ? [] : [notice.to];
  },
  fold: (before, event) => {
    const notice = toNotice(event);
    if (notice === null) return before;
    const { position, kind, data } = notice;
    const all = [...(before?.notices ?? []), { position, kind, data: { ...data } }];
    const forgotten = all.length > KEPT ? all.shift()?.position : undefined;
    return { notices: all, forgottenUpTo: forgotten ?? before?.forgottenUpTo ?? BEGINNING };
  },
  entries: () => [],
};
