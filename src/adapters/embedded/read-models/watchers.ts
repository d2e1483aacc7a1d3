/** Who waits for a document to change. */
export class Watchers {
  private readonly views = new Map<string, Map<string, Set<() => void>>>();

  add(view: string, id: string, changed: () => void): () => void {
    const documents = this.views.get(view) ?? new Map<string, Set<() => void>>();
    const watching = documents.get(id) ?? new Set();
    // The same function may watch twice, and stop once.
    const call = () => changed();
    watching.add(call);
    documents.set(id, watching);
    this.views.set(view, documents);
    return () => {
      watching.delete(call);
      if (watching.size > 0 || documents.get(id) !== watching) return;
      documents.delete(id);
      if (documents.size === 0 && this.views.get(view) === documents) this.views.delete(view);
    };
  }

  changed(view: string, ids: Iterable<string>): void {
    const documents = this.views.get(view);
    if (documents === undefined) return;
    for (const id of ids) for (const call of [...(documents.get(id) ?? [])]) call();
  }

  /** Another build is read from now on: anything may look different. */
  allChanged(view: string): void {
    this.changed(view, [...(this.views.get(view)?.keys() ?? [])]);
  }
}
