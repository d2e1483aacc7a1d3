import { type taskEither as TE } from 'fp-ts';

/** A message as it is sent: the body is what is signed. */
export interface WebhookMessage {
  /** The same however often the message is sent. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where it goes, and what signs it: several secrets while one takes the place of another. */
export interface WebhookAddress {
  readonly url: string;
  readonly secrets: ReadonlyArray<string>;
}

/** Why a message did not get through. */
export interface NotDelivered {
  /** For an operator. */
  readonly failure: string;
  /** The receiver wants no message any more (410). */
  readonly isGone: boolean;
}

/** Posts messages to endpoints outside, signed as Standard Webhooks say. Takes a bounded time, and follows no redirect. */
export interface WebhookSender {
  readonly send: (address: WebhookAddress, message: WebhookMessage) => TE.TaskEither<NotDelivered, void>;
}

/** The secret of an endpoint in one generation, `whsec_…`. It is stored nowhere: the same is made each time. */
export type WebhookSecretOf = (endpointId: string, generation: number) => string;
