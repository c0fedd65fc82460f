/** Holds a plot up between two of its tasks, and lets it go on. */
export class PauseSwitch {
  private paused = false;
  private readonly listeners = new Set<(paused: boolean) => void>();

  get isPaused(): boolean {
    return this.paused;
  }

  pause(): void {
    this.set(true);
  }

  resume(): void {
    this.set(false);
  }

  /** Calls `listener` at every change, until the function returned is called. */
  onChange(listener: (paused: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private set(paused: boolean): void {
    if (this.paused === paused) return;
    this.paused = paused;
    for (const listener of this.listeners) listener(paused);
  }
}
