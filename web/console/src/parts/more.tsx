import { t } from '../text/index.js';

export const More = ({ more }: { readonly more: (() => void) | null }) =>
  more === null ? null : (
    <button type="button" class="wide" onClick={more}>
      {t('list.more')}
    </button>
  );
