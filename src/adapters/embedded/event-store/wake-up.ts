/** Lets many wait for the next time something happens. */
export class WakeUp {
  private sleepers = new Set<() => void>();

  /** Resolves at the next `wake`, or when aborted. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        signal.removeEventListener('abort', wake);
        this.sleepers.delete(wake);
        resolve();
      };
      this.sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  wake(): void {
    [...this.sleepers].forEach((wake) => wake());
  }
}
