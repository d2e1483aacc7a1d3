import { mayChange } from '../live/state.js';
import { t, type Key } from '../text/index.js';
import { type Action, opened } from './action.js';

interface DoButtonProps {
  readonly action: () => Action;
  readonly label: Key;
  readonly class?: string;
}

/** A button that asks before it does something; there is none for whoever may not do it. */
export const DoButton = ({ action, label, class: kind = '' }: DoButtonProps) =>
  mayChange() ? (
    <button
      type="button"
      class={kind}
      data-changes
      onClick={() => {
        opened.value = action();
      }}
    >
      {t(label)}
    </button>
  ) : null;
