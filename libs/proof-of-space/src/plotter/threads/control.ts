/** What the threads of a plot share while a stage runs. */
const NEXT = 0;
const DONE = 1;
const PAUSED = 2;
const STOPPED = 3;
const TASKS = 4;

export class Control {
  private readonly cells: Int32Array;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(20)) {
    this.cells = new Int32Array(memory);
  }

  /** Before a stage of so many tasks. */
  begin(tasks: number): void {
    Atomics.store(this.cells, TASKS, tasks);
    Atomics.store(this.cells, NEXT, 0);
    Atomics.store(this.cells, DONE, 0);
  }

  /** The number of a task that nobody has taken yet. */
  take(): number {
    return Atomics.add(this.cells, NEXT, 1);
  }

  finished(): void {
    Atomics.add(this.cells, DONE, 1);
  }

  /** The part of this stage's tasks that is finished. */
  get part(): number {
    return Atomics.load(this.cells, DONE) / Math.max(1, Atomics.load(this.cells, TASKS));
  }

  pause(): void {
    Atomics.store(this.cells, PAUSED, 1);
  }

  resume(): void {
    Atomics.store(this.cells, PAUSED, 0);
    Atomics.notify(this.cells, PAUSED);
  }

  get isPaused(): boolean {
    return Atomics.load(this.cells, PAUSED) === 1;
  }

  /** No task is begun after this. */
  stop(): void {
    Atomics.store(this.cells, STOPPED, 1);
    this.resume();
  }

  get isStopped(): boolean {
    return Atomics.load(this.cells, STOPPED) === 1;
  }

  /** Blocks a worker thread while the plot is paused. */
  waitWhilePaused(): void {
    while (this.isPaused) Atomics.wait(this.cells, PAUSED, 1);
  }
}
