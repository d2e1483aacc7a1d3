import { type Container } from 'inversify';
import { derivedSecrets } from '../../adapters/standard-webhooks/derived-secrets.js';
import { webhookSender } from '../../adapters/standard-webhooks/webhook-sender.js';
import { operateWebhooks } from '../../application/notices/webhooks/operate-webhooks.js';
import { bindOnce } from './bound-in.js';
import { Tokens as T } from './tokens.js';

/** Who posts messages to endpoints outside, and what operators do with these. */
export const composeNotices = (container: Container): void => {
  bindOnce(container, T.WebhookSecretOf, ({ config: { KEYS_SECRET: secret } }) =>
    secret === undefined ? null : derivedSecrets(secret),
  );
  bindOnce(container, T.WebhookSender, ({ clock, config }) => {
    const { AUTH, WEBHOOK_TIMEOUT_MS: timeoutMs, WEBHOOK_PRIVATE_ADDRESSES: isPrivate } = config;
    const allowsPrivate = (isPrivate ?? (AUTH === 'jwt' ? 'refuse' : 'allow')) === 'allow';
    return webhookSender({ timeoutMs, clock, allowsPrivate });
  });
  bindOnce(container, T.WebhookCalls, ({ eventStore, feed, snapshots, logger, readModels, clock, ids }, context) => {
    const sender = context.get(T.WebhookSender);
    const secretOf = context.get(T.WebhookSecretOf);
    return operateWebhooks({ eventStore, feed, snapshots, logger, readModels, clock, ids, sender, secretOf });
  });
};
