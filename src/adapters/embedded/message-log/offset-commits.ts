import { type RootDatabase } from 'lmdb';
import { commitDurably } from '../environment/index.js';
import { type Tables } from './tables.js';

type OffsetKey = [topic: string, partition: number, group: string];

/**
 * Writes how far groups have come, all that changed in one transaction. Nobody waits for the disk: what a crash takes
 * back is delivered again. An offset that could not be written is written with the next one.
 */
export class OffsetCommits {
  private dirty = new Map<string, { readonly key: OffsetKey; readonly offset: number }>();
  private running: Promise<void> | null = null;

  constructor(
    private readonly root: RootDatabase<unknown>,
    private readonly tables: Tables,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  commit(key: OffsetKey, offset: number): void {
    this.dirty.set(JSON.stringify(key), { key, offset });
    this.running ??= this.run();
  }

  /** The offset the group reads next, as it would be after a restart; none for a group that never subscribed. */
  committed(key: OffsetKey): number | undefined {
    return this.tables.committed.get(key);
  }

  /** Resolves when everything committed so far was written, or could not be. */
  async settled(): Promise<void> {
    if (this.dirty.size > 0) this.running ??= this.run();
    await this.running;
  }

  private async run(): Promise<void> {
    let ok = true;
    while (ok && this.dirty.size > 0) ok = await this.writeDirty();
    this.running = null;
  }

  private async writeDirty(): Promise<boolean> {
    let taken = this.dirty;
    try {
      await commitDurably(this.root, () => {
        taken = this.dirty;
        this.dirty = new Map();
        for (const { key, offset } of taken.values()) this.tables.committed.putSync(key, offset);
      }).committed;
      return true;
    } catch (error) {
      this.dirty = new Map([...taken, ...this.dirty]);
      this.onFailure(error);
      return false;
    }
  }
}
