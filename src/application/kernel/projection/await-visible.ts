import { either as E, type taskEither as TE } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { awaitCheckpoint, type AwaitCheckpointPorts } from './await-checkpoint.js';

/** Waits, bounded, until queries see everything up to a position. */
export type AwaitVisible = (position: Position) => TE.TaskEither<'NotYetVisible', void>;

/** The same for any view: to read what one has just written. */
export const awaitVisibleIn =
  (ports: AwaitCheckpointPorts, waitMs: number) =>
  (view: { readonly name: string; readonly version: number }): AwaitVisible =>
  (position) =>
  async () => {
    const visible = await awaitCheckpoint(ports)({ view, position, waitMs })();
    return E.isRight(visible) && visible.right ? E.right(undefined) : E.left('NotYetVisible');
  };

/** The same for several views at once, all of which are waited for. */
export const allVisible =
  (views: ReadonlyArray<AwaitVisible>): AwaitVisible =>
  (position) =>
  async () => {
    const seen = await Promise.all(views.map((view) => view(position)()));
    return seen.find(E.isLeft) ?? E.right(undefined);
  };
