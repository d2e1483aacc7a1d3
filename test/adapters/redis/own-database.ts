/** One of the databases of a server that suites share, so that none sees what another does to it. */
export const ownDatabase = (url: string, database: number): string => {
  const own = new URL(url);
  own.pathname = `/${database}`;
  return own.href;
};
