import { z } from 'zod';
import { eventSchemas, oldVersion } from '../../kernel/events/event-schemas.js';

/** Who did it and why; `at` in epoch milliseconds. */
const act = { endpointId: z.string(), actor: z.string(), reason: z.string(), at: z.number() };
type Act = Readonly<z.infer<z.ZodObject<typeof act>>>;

interface Target {
  readonly url: string;
  /** Empty: all of them. */
  readonly eventTypes: ReadonlyArray<string>;
}

export type WebhookEvent =
  | (Act & Target & { readonly type: 'WebhookCreated' })
  | (Act & Target & { readonly type: 'WebhookChanged' })
  /** Nothing is sent until it is resumed; by an operator, or because the receiver is gone or was away for too long. */
  | (Act & { readonly type: 'WebhookPaused' })
  | (Act & { readonly type: 'WebhookResumed' })
  | (Act & { readonly type: 'WebhookDeleted' })
  /** The next secret signs from now on, and the one before beside it until then. */
  | (Act & { readonly type: 'WebhookSecretRotated'; readonly previousUntil: number })
  /** What was recorded since then, and before `until` where that is no null, is to be delivered again. */
  | (Act & { readonly type: 'WebhookReplayed'; readonly since: number; readonly until: number | null });

export const WEBHOOK_STREAMS = 'webhook-';

const target = { url: z.string(), eventTypes: z.array(z.string()) };

export const isWebhookEvent = eventSchemas<WebhookEvent>()({
  WebhookCreated: z.object({ ...act, ...target }),
  WebhookChanged: z.object({ ...act, ...target }),
  WebhookPaused: z.object(act),
  WebhookResumed: z.object(act),
  WebhookDeleted: z.object(act),
  WebhookSecretRotated: z.object({ ...act, previousUntil: z.number() }),
  WebhookReplayed: [
    oldVersion(z.object({ ...act, since: z.number() }), (old) => ({ ...old, until: null })),
    z.object({ ...act, since: z.number(), until: z.number().nullable() }),
  ],
});
