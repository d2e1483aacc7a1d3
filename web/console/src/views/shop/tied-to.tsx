import { linkTo } from '../../route.js';
import { t } from '../../text/index.js';
import { useThing } from './use-thing.js';

interface TiedToProps {
  readonly kind: 'events' | 'schedules';
  readonly id: string;
  readonly onBoard: object | undefined;
}

/** What something waits for by its id, which may be misspelt, or created later. */
export const TiedTo = ({ kind, id, onBoard }: TiedToProps) => {
  const { problem } = useThing(kind, id, onBoard);
  return problem?.status === 404 ? (
    <>
      {id}{' '}
      <b class="badge" data-tone="warn">
        {t('field.notThere')}
      </b>
    </>
  ) : (
    <a href={linkTo('shop', kind, id)}>{id}</a>
  );
};

/** How something stands that sells only while its event is open: as its event, before it opens and after its end. */
export const standing = (status: string, event: { readonly status: string } | undefined): string =>
  event === undefined || event.status === 'OPEN' ? status : event.status;
