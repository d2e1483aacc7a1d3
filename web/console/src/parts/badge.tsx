import { words } from '../text/index.js';

const tones: Readonly<Record<string, string>> = {
  ACTIVE: 'good',
  OPEN: 'good',
  AVAILABLE: 'good',
  SCHEDULED: 'calm',
  PENDING: 'calm',
  PAUSED: 'warn',
  SOLD_OUT: 'mute',
  CLOSED: 'mute',
  CANCELLED: 'bad',
};

export const StatusBadge = ({ status }: { readonly status: string }) => (
  <span class="badge" data-tone={tones[status] ?? 'mute'}>
    {words('status', status)}
  </span>
);
