import { type ComponentChildren } from 'preact';
import { t } from '../text/index.js';
import { More } from './more.js';
import { Trouble } from './trouble.js';
import { useAfterActs } from './use-after-acts.js';
import { type Pages } from './use-pages.js';

interface ListedProps<A> {
  readonly pages: Pages<A>;
  /** What stands there when there is nothing. */
  readonly none: string;
  readonly children: (item: A) => ComponentChildren;
}

/** A list that comes page by page, read again when something was done. */
export const Listed = <A,>({ pages: { items, problem, more, again }, none, children }: ListedProps<A>) => {
  useAfterActs(again);
  if (problem !== null) return <Trouble problem={problem} />;
  if (items === null) return <div class="card" aria-busy="true" />;
  if (items.length === 0) return <div class="card empty">{none}</div>;
  return (
    <div class="card">
      <ul class="lines">{items.map(children)}</ul>
      <More more={more} />
      <button type="button" class="quiet" onClick={again}>
        {t('list.again')}
      </button>
    </div>
  );
};
