import { connection } from '../live/state.js';
import { t } from '../text/index.js';

export const LiveState = () => {
  const state = connection.value === 'live' || connection.value === 'away' ? connection.value : 'connecting';
  return (
    <span class="live" data-state={state} role="status">
      <i aria-hidden="true" />
      <span>{t(`live.${state}`)}</span>
    </span>
  );
};
