import { z } from 'zod';
import { table } from './terminal.js';

const byId = <A extends z.ZodType>(schema: A) => z.record(z.string(), schema);
const percentiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number() });

/** Of what an operator sees of a running sale, what fits on a terminal. */
export const board = z.looseObject({
  at: z.string(),
  coupons: byId(z.looseObject({ status: z.string(), quantity: z.number(), issued: z.number(), remaining: z.number() })),
  events: byId(z.looseObject({ status: z.string(), opensAt: z.string() })),
  schedules: byId(z.looseObject({ activeLimit: z.number(), active: z.number(), waiting: z.number() })),
  products: byId(z.looseObject({ status: z.string(), onHand: z.number(), held: z.number(), available: z.number() })),
  rates: z.looseObject({
    accepted: z.number().optional(),
    decided: z.number().optional(),
    visible: z.number().optional(),
  }),
  answers: byId(z.number()),
  latency: byId(percentiles),
  engines: byId(z.string()),
  undecided: byId(z.object({ messages: z.number(), ageMs: z.number() })),
  alarms: byId(z.looseObject({ kind: z.string(), severity: z.string(), subject: z.string().optional() })),
});

export type ShownBoard = z.output<typeof board>;

const perSecond = (rate: number | undefined): string => (rate === undefined ? '–' : `${Math.round(rate)}/s`);

const listed = <A>(entries: Readonly<Record<string, A>>, word: (value: A) => string): string =>
  Object.entries(entries)
    .map(([name, value]) => `${name} ${word(value)}`)
    .join('  ') || '–';

const rows = <A>(
  head: ReadonlyArray<string>,
  entries: Readonly<Record<string, A>>,
  row: (value: A) => ReadonlyArray<string | number>,
): ReadonlyArray<string> => {
  const found = Object.entries(entries).map(([id, value]) => [id, ...row(value)]);
  return found.length === 0 ? [] : [table(head, found)];
};

/** The board as text, for a terminal or a log. */
export const shownBoard = (now: ShownBoard): string => {
  const undecided = Object.values(now.undecided).reduce((sum, { messages }) => sum + messages, 0);
  const { accepted, decided, visible } = now.rates;
  return [
    now.at,
    `accepted ${perSecond(accepted)}  decided ${perSecond(decided)}  visible ${perSecond(visible)}  undecided ${undecided}`,
    `answers  ${listed(now.answers, String)}`,
    `ms p50/p95/p99  ${listed(now.latency, ({ p50, p95, p99 }) => [p50, p95, p99].map(Math.round).join('/'))}`,
    `engines  ${listed(now.engines, String)}`,
    ...Object.values(now.alarms).map(({ severity, kind, subject = '' }) =>
      `${severity.toUpperCase()}  ${kind} ${subject}`.trim(),
    ),
    ...rows(['coupon', 'status', 'issued', 'of', 'left'], now.coupons, (coupon) => [
      coupon.status,
      coupon.issued,
      coupon.quantity,
      coupon.remaining,
    ]),
    ...rows(['event', 'status', 'opens'], now.events, ({ status, opensAt }) => [status, opensAt]),
    ...rows(['schedule', 'in', 'of', 'waiting'], now.schedules, ({ active, activeLimit, waiting }) => [
      active,
      activeLimit,
      waiting,
    ]),
    ...rows(['product', 'status', 'available', 'held', 'on hand'], now.products, (product) => [
      product.status,
      product.available,
      product.held,
      product.onHand,
    ]),
  ].join('\n');
};
