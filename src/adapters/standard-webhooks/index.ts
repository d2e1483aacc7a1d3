export { derivedSecrets } from './derived-secrets.js';
export { type WebhookClient, webhookSender } from './webhook-sender.js';
