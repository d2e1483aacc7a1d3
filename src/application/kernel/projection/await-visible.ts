import { either as E, type taskEither as TE } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { awaitCheckpoint, type AwaitCheckpointPorts } from './await-checkpoint.js';

/** Waits, bounded, until queries see everything up to a position. `id`: a document of the view that has changed by then. */
export type AwaitVisible = (position: Position, id: string) => TE.TaskEither<'NotYetVisible', void>;

/** The same for any view: to read what one has just written. */
export const awaitVisibleIn =
  (ports: AwaitCheckpointPorts, waitMs: number) =>
  (view: { readonly name: string; readonly version: number }): AwaitVisible =>
  (position, id) =>
  async () => {
    const visible = await awaitCheckpoint(ports)({ view, position, id, waitMs })();
    return E.isRight(visible) && visible.right ? E.right(undefined) : E.left('NotYetVisible');
  };
