import { createHmac, hkdfSync } from 'node:crypto';
import { type WebhookSecretOf } from '../../application/ports/webhook-sender.js';

/** Made of one secret of the shop, so that none has to be kept: who knows one of an endpoint's knows no other. */
export const derivedSecrets = (secret: string): WebhookSecretOf => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'doorbuster webhooks', 32));
  return (endpointId, generation) =>
    `whsec_${createHmac('sha256', key).update(`${endpointId}/${generation}`).digest('base64')}`;
};
