import { type ComponentChildren } from 'preact';

interface PageHeadProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

export const PageHead = ({ title, children }: PageHeadProps) => (
  <div class="page-head">
    <h1>{title}</h1>
    {children}
  </div>
);
