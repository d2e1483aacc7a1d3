import { board } from '../../live/state.js';
import { PageHead } from '../../parts/page-head.js';
import { linkTo, place } from '../../route.js';
import { shown } from '../../text/format.js';
import { t } from '../../text/index.js';
import { DeadLetters } from './dead-letters.js';
import { ParkedOrders } from './parked-orders.js';
import { ParkedStreams } from './parked-streams.js';
import { Reconcile } from './reconcile.js';
import { Views } from './views.js';
import { Webhooks } from './webhooks.js';

const parts = ['letters', 'orders', 'streams', 'webhooks', 'views', 'reconcile'] as const;
type Part = (typeof parts)[number];

const isPart = (name: string | undefined): name is Part => parts.some((part) => part === name);

const Current = ({ part }: { readonly part: Part }) => {
  switch (part) {
    case 'letters':
      return <DeadLetters />;
    case 'orders':
      return <ParkedOrders />;
    case 'streams':
      return <ParkedStreams />;
    case 'webhooks':
      return <Webhooks />;
    case 'views':
      return <Views />;
    case 'reconcile':
      return <Reconcile />;
  }
};

/** What went wrong and waits for a person. */
export const Repair = () => {
  const [first] = place.value.rest;
  const part = isPart(first) ? first : 'letters';
  const { deadLetters = 0, parkedOrders = 0, parkedStreams = 0 } = board.value?.repair ?? {};
  const counts: Readonly<Record<Part, number>> = {
    ...{ letters: deadLetters, orders: parkedOrders, streams: parkedStreams },
    views: Object.values(board.value?.views ?? {}).filter(({ state }) => state !== 'LIVE').length,
    webhooks: 0,
    reconcile: 0,
  };
  return (
    <>
      <PageHead title={t('page.repair')} />
      <div class="tabs">
        <div role="navigation" aria-label={t('page.repair')}>
          {parts.map((each) => (
            <a key={each} href={linkTo('repair', each)} aria-current={each === part ? 'page' : undefined}>
              {t(`repair.${each}`)}
              {counts[each] > 0 && <b class="count">{shown(counts[each])}</b>}
            </a>
          ))}
        </div>
      </div>
      <Current part={part} />
    </>
  );
};
