import { either as E, type taskEither as TE } from 'fp-ts';
import { awaitCheckpoint } from '../../kernel/projection/await-checkpoint.js';
import { failure } from '../../kernel/writer/load-decide-append.js';
import { type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { iso } from '../../kernel/iso.js';
import { type WebhookSender } from '../../ports/webhook-sender.js';
import { deliveriesView } from './deliveries-view.js';
import { handleDelivery, sourceOf } from './delivery.js';
import { secretsAt } from './courier.js';
import { findWebhooks, type FindWebhooks, type FindWebhooksPorts, type WebhookState } from './find-webhooks.js';
import { MOST_WEBHOOKS } from './run-webhooks.js';
import { handleWebhook, type WebhookCommand, type WebhookRejection } from './webhook.js';
import { webhooksView } from './webhooks-view.js';
import { type ByOperator } from '../../kernel/by-operator.js';

export interface OperateWebhooksPorts extends CommandHandlerPorts, FindWebhooksPorts {
  readonly sender: WebhookSender;
}

export interface WebhookError {
  readonly code:
    | WebhookRejection
    | 'TOO_MANY_WEBHOOKS'
    | 'KEYS_SECRET_MISSING'
    | 'INVALID_CURSOR'
    | 'UNAVAILABLE'
    /** It may be recorded: look at the endpoint. */
    | 'OUTCOME_UNKNOWN';
}

type Answer<A> = TE.TaskEither<WebhookError, A>;

export interface ChangedWebhook {
  readonly url?: string;
  readonly eventTypes?: ReadonlyArray<string>;
  readonly paused?: boolean;
}

/** Everything operators do with endpoints. What they are told is how the endpoint stands afterwards. */
export interface OperateWebhooks {
  readonly listWebhooks: () => Answer<ReadonlyArray<WebhookState>>;
  readonly showWebhook: (endpointId: string) => Answer<WebhookState>;
  /** With an id: once, however often it is asked for. */
  readonly createWebhook: (
    wanted: {
      readonly endpointId?: string;
      readonly url: string;
      readonly eventTypes: ReadonlyArray<string>;
    } & ByOperator,
  ) => Answer<WebhookState>;
  readonly changeWebhook: (
    change: { readonly endpointId: string } & ChangedWebhook & ByOperator,
  ) => Answer<WebhookState>;
  readonly removeWebhook: (
    which: { readonly endpointId: string } & ByOperator,
  ) => Answer<{ readonly endpointId: string }>;
  /** A new one; the one before it, and those that still sign, sign as well, for `overlapMs` at most. */
  readonly rotateWebhookSecret: (
    which: { readonly endpointId: string; readonly overlapMs: number } & ByOperator,
  ) => Answer<WebhookState>;
  readonly showWebhookSecret: (endpointId: string) => Answer<{ readonly endpointId: string; readonly secret: string }>;
  /** Sends a message of type TEST now, whether or not the endpoint is paused; `failure` null: it was taken. */
  readonly testWebhook: (endpointId: string) => Answer<{ readonly messageId: string; readonly failure: string | null }>;
  /** Delivers again what was recorded since then, and before `until`, and goes on where it stood. Null: without an end. */
  readonly replayWebhook: (
    which: { readonly endpointId: string; readonly since: number; readonly until: number | null } & ByOperator,
  ) => Answer<WebhookState>;
  readonly listWebhookDeadLetters: FindWebhooks['deadLetters'];
  /** Tries dead letters again, the latest first, at most so many. */
  readonly retryWebhookDeadLetters: (
    which: { readonly endpointId: string; readonly limit: number } & ByOperator,
  ) => Answer<{ readonly retried: number }>;
}

/** Queries see it soon; an operator who looks at once should, too. */
const VISIBLE_WITHIN_MS = 2_000;

export const operateWebhooks = (ports: OperateWebhooksPorts): OperateWebhooks => {
  const { clock, ids, sender, secretOf } = ports;
  const { list, show, deadLetters } = findWebhooks(ports);
  const [handle, handleOne] = [handleWebhook(ports), handleDelivery(ports)];
  const visible = (view: { readonly name: string; readonly version: number }, position: number) =>
    awaitCheckpoint(ports)({ view, position, waitMs: VISIBLE_WITHIN_MS })();

  /** Whether queries show it already. */
  const carryOut = async (command: WebhookCommand, correlationId: string): Promise<E.Either<WebhookError, boolean>> => {
    const done = await handle(command, correlationId)();
    if (E.isLeft(done)) return E.left(failure(done.left, {}));
    const seen = await visible(webhooksView, done.right.position);
    return E.right(E.isRight(seen) && seen.right);
  };
  /** Carries out what an operator wants, and shows what came of it. */
  const act =
    (endpointId: string, commands: ReadonlyArray<WebhookCommand>, correlationId: string): Answer<WebhookState> =>
    async () => {
      for (const command of commands) {
        const done = await carryOut(command, correlationId);
        if (E.isLeft(done)) return done;
      }
      return show(endpointId)();
    };

  return {
    showWebhook: show,
    listWebhooks: list,
    createWebhook:
      ({ endpointId = ids.next(), url, eventTypes, correlationId, ...by }) =>
      async () => {
        if (secretOf === null) return E.left({ code: 'KEYS_SECRET_MISSING' });
        const all = await list()();
        if (E.isLeft(all)) return all;
        const isThere = all.right.some((each) => each.endpointId === endpointId);
        if (all.right.length >= MOST_WEBHOOKS && !isThere) return E.left({ code: 'TOO_MANY_WEBHOOKS' });
        const command = { type: 'WebhookCreated', endpointId, url, eventTypes, ...by, at: clock.now() } as const;
        const made = await carryOut(command, correlationId);
        if (E.isLeft(made)) return made;
        const now = await list()();
        const shown = E.isRight(now) ? now.right.find((each) => each.endpointId === endpointId) : undefined;
        if (shown !== undefined) return E.right(shown);
        if (E.isLeft(now) || !made.right) return E.left({ code: 'OUTCOME_UNKNOWN' });
        // Others were created at the same moment: who is not among the first so many would be told nothing.
        const takenBack = await carryOut({ ...command, type: 'WebhookDeleted' }, correlationId);
        return E.isLeft(takenBack) ? takenBack : E.left({ code: 'TOO_MANY_WEBHOOKS' });
      },
    changeWebhook: ({ endpointId, url, eventTypes, paused, correlationId, ...by }) => {
      const said = { endpointId, ...by, at: clock.now() };
      const pausing = paused === true ? 'WebhookPaused' : 'WebhookResumed';
      const commands: ReadonlyArray<WebhookCommand> = [
        { type: 'WebhookChanged', ...said, url, eventTypes },
        ...(paused === undefined ? [] : [{ type: pausing, ...said } as const]),
      ];
      return act(endpointId, commands, correlationId);
    },
    removeWebhook:
      ({ endpointId, correlationId, ...by }) =>
      async () => {
        const done = await carryOut({ type: 'WebhookDeleted', endpointId, ...by, at: clock.now() }, correlationId);
        return E.isLeft(done) ? done : E.right({ endpointId });
      },
    rotateWebhookSecret: ({ endpointId, overlapMs, correlationId, ...by }) => {
      const at = clock.now();
      const command = { type: 'WebhookSecretRotated', endpointId, previousUntil: at + overlapMs, ...by, at } as const;
      return act(endpointId, [command], correlationId);
    },
    showWebhookSecret: (endpointId) => async () => {
      if (secretOf === null) return E.left({ code: 'KEYS_SECRET_MISSING' });
      const found = await show(endpointId)();
      if (E.isLeft(found)) return found;
      return E.right({ endpointId, secret: secretOf(endpointId, found.right.generation) });
    },
    testWebhook: (endpointId) => async () => {
      if (secretOf === null) return E.left({ code: 'KEYS_SECRET_MISSING' });
      const found = await show(endpointId)();
      if (E.isLeft(found)) return found;
      const [id, at] = [ids.next(), clock.now()];
      const body = JSON.stringify({ eventId: id, eventType: 'TEST', occurredAt: iso(at) });
      const address = { url: found.right.url, secrets: secretsAt(secretOf, found.right, at) };
      const sent = await sender.send(address, { id, headers: { 'content-type': 'application/json' }, body })();
      return E.right({ messageId: id, failure: E.isLeft(sent) ? sent.left.failure : null });
    },
    replayWebhook: ({ endpointId, since, until, correlationId, ...by }) =>
      act(endpointId, [{ type: 'WebhookReplayed', endpointId, since, until, ...by, at: clock.now() }], correlationId),
    listWebhookDeadLetters: deadLetters,
    retryWebhookDeadLetters:
      ({ endpointId, limit, correlationId, actor, reason }) =>
      async () => {
        const found = await deadLetters({ endpointId, limit })();
        if (E.isLeft(found)) return found;
        let last = 0;
        for (const dead of found.right.items) {
          const command = {
            ...sourceOf(dead),
            type: 'WebhookDeliveryRetried',
            actor,
            reason,
            at: clock.now(),
          } as const;
          const done = await handleOne(command, correlationId)();
          if (E.isLeft(done)) return E.left(failure(done.left, {}));
          last = Math.max(last, done.right.position);
        }
        await visible(deliveriesView, last);
        return E.right({ retried: found.right.items.length });
      },
  };
};
