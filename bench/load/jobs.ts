import { z } from 'zod';

const people = {
  url: z.string(),
  couponId: z.string(),
  /** Before each user's number: other people in every round. */
  salt: z.string(),
};

export const job = z.discriminatedUnion('kind', [
  /** As fast as `connections` allow, until `requests` are answered. */
  z.object({
    kind: z.literal('press'),
    ...people,
    connections: z.number(),
    requests: z.number(),
    /** Before each user's number instead of the salt: the same people in every round. */
    users: z.string().optional(),
    /** Of the people, one each: then the server knows by them who asks, and a proxy tells it from where. */
    tokens: z.array(z.string()).optional(),
  }),
  /** Everyone at once, each with a connection of his own; then each accepted one is followed until final. */
  z.object({ kind: z.literal('rush'), ...people, people: z.number() }),
  /** `perSecond` whatever the answers do, each followed until final, unless that is not wanted. */
  z.object({
    kind: z.literal('pace'),
    ...people,
    perSecond: z.number(),
    seconds: z.number(),
    isFollowed: z.boolean().optional(),
  }),
  /** Waits until these requests are final. */
  z.object({ kind: z.literal('settle'), url: z.string(), requestIds: z.array(z.string()) }),
]);

export type Job = z.infer<typeof job>;

export const pressed = z.object({ accepted: z.number(), wallMs: z.number() });
export const rushed = z.object({ accepted: z.number(), won: z.number(), answeredMs: z.number(), finalMs: z.number() });
export const paced = z.object({
  accepted: z.number(),
  /** From the first request to the last 202. */
  wallMs: z.number(),
  visibleMs: z.array(z.number()),
  acceptMs: z.array(z.number()),
});

export const requestIdOf = (salt: string, n: number): string => `${salt}-r${n}`;
