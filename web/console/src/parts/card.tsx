import { type ComponentChildren } from 'preact';

interface CardProps {
  readonly title: string;
  readonly hint?: string;
  readonly actions?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export const Card = ({ title, hint, actions, class: kind = '', children }: CardProps) => (
  <section class={`card ${kind}`} aria-label={title}>
    <header>
      <h2>{title}</h2>
      {hint !== undefined && <span class="soft">{hint}</span>}
      {actions}
    </header>
    {children}
  </section>
);
