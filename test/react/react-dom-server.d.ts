declare module 'react-dom/server' {
  import { type ReactElement } from 'react';

  /** Runs the hooks of a page once, without a browser. */
  export const renderToString: (page: ReactElement) => string;
}
