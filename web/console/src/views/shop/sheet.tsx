import { type ComponentChildren } from 'preact';
import { type Problem } from '../../api/client.js';
import { StatusBadge } from '../../parts/badge.js';
import { Trouble } from '../../parts/trouble.js';
import { linkTo } from '../../route.js';
import { t } from '../../text/index.js';
import { type Kind } from './kinds.js';

interface SheetProps {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly status?: string;
  /** The numbers that matter, large. */
  readonly numbers: ReadonlyArray<readonly [label: string, value: string]>;
  readonly facts: ReadonlyArray<readonly [label: string, value: ComponentChildren]>;
  readonly actions: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** One coupon, event, schedule or product: its numbers, its terms, and what can be done with it. */
export const Sheet = ({ kind, id, name, status, numbers, facts, actions, children }: SheetProps) => (
  <article class="card sheet">
    <header>
      <div>
        <h2>{name}</h2>
        {status !== undefined && <StatusBadge status={status} />}
        <code class="soft">{id}</code>
      </div>
      <div class="buttons">
        {actions}
        {kind !== 'events' && <a href={linkTo('proof', kind, id)}>{t('page.proof')}</a>}
      </div>
    </header>
    <dl class="numbers-row">
      {numbers.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    {children}
    <dl class="facts">
      {facts.map(([label, value]) =>
        value === undefined ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  </article>
);

export const NotThere = ({ problem }: { readonly problem: Problem | undefined }) =>
  problem === undefined ? <div class="card sheet" aria-busy="true" /> : <Trouble problem={problem} />;
