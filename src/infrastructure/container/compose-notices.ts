import { type Container } from 'inversify';
import { derivedSecrets, webhookSender } from '../../adapters/standard-webhooks/index.js';
import { operateWebhooks } from '../../application/notices/webhooks/operate-webhooks.js';
import { boundIn } from './bound-in.js';
import { Tokens as T } from './tokens.js';

/** Who posts messages to endpoints outside, and what operators do with these. */
export const composeNotices = (container: Container): void => {
  container
    .bind(T.WebhookSecretOf)
    .toResolvedValue(({ KEYS_SECRET: secret }) => (secret === undefined ? null : derivedSecrets(secret)), [T.Config])
    .inSingletonScope();
  container
    .bind(T.WebhookSender)
    .toResolvedValue(
      (clock, { AUTH, WEBHOOK_TIMEOUT_MS: timeoutMs, WEBHOOK_PRIVATE_ADDRESSES: isPrivate }) =>
        webhookSender({
          timeoutMs,
          clock,
          allowsPrivate: (isPrivate ?? (AUTH === 'jwt' ? 'refuse' : 'allow')) === 'allow',
        }),
      [T.Clock, T.Config],
    )
    .inSingletonScope();
  container
    .bind(T.WebhookCalls)
    .toDynamicValue((context) => {
      const { eventStore, feed, snapshots, logger, readModels, clock, ids } = boundIn(context);
      const sender = context.get(T.WebhookSender);
      const secretOf = context.get(T.WebhookSecretOf);
      return operateWebhooks({ eventStore, feed, snapshots, logger, readModels, clock, ids, sender, secretOf });
    })
    .inSingletonScope();
};
