import { type ReadModels } from '../../../application/ports/read-models.js';
import { type Notices } from '../notices.js';
import { changesChannel } from './keys.js';

type Watchers = Map<string, Set<() => void>>;

const changedIds = (message: string): ReadonlyArray<string> => {
  const ids: unknown = JSON.parse(message);
  return Array.isArray(ids) ? ids.map(String) : [];
};

const wake = (watchers: Watchers, message: string | null): void => {
  if (message === null || message === '*') watchers.forEach((ofId) => ofId.forEach((changed) => changed()));
  else changedIds(message).forEach((id) => watchers.get(id)?.forEach((changed) => changed()));
};

/** One channel per view; whoever watches a document is woken by its id, and whenever something may have been missed. */
export const watch = (notices: Notices): ReadModels['watch'] => {
  const views = new Map<string, Watchers>();
  const watchersOf = (view: string): Watchers => {
    const existing = views.get(view);
    if (existing !== undefined) return existing;
    const watchers: Watchers = new Map();
    views.set(view, watchers);
    notices.listen(changesChannel(view), (message) => wake(watchers, message));
    return watchers;
  };
  return (view, id, changed) => {
    const watchers = watchersOf(view);
    const ofId = watchers.get(id) ?? new Set();
    watchers.set(id, ofId.add(changed));
    return () => {
      ofId.delete(changed);
      if (ofId.size === 0 && watchers.get(id) === ofId) watchers.delete(id);
    };
  };
};
