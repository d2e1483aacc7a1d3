import { linkTo } from '../../route.js';
import { t } from '../../text/index.js';
import { type Kind } from './kinds.js';

/** By its id, also what is older than the lists reach. */
export const Find = ({ kind }: { readonly kind: Kind }) => {
  const go = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const id = String(new FormData(event.currentTarget).get('id') ?? '').trim();
    if (id !== '') location.hash = linkTo('shop', kind, id);
  };
  return (
    <form class="find" role="search" onSubmit={go}>
      <input type="search" name="id" aria-label={t('shop.find')} placeholder={t('shop.find')} autocomplete="off" />
    </form>
  );
};
