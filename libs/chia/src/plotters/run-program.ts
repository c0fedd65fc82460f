import { type PauseSwitch, PlotterError } from '#libs/proof-of-space';
import { Lines } from './lines.js';
import type { PlotterControls } from './plotter.js';
import { ProcessGroup } from './process-group.js';
import type { PlotterProgram } from './programs.js';
import { Telling } from './telling.js';

const IDLE_TIMEOUT_MS = 6 * 3_600_000;
const GRACE_MS = 5000;

/** The reference tries a write that the disk did not take again every five minutes, for ever. */
const DISK_FULL =
  /no space left on device|not enough space on the disk|disk (is )?full|Only wrote \d+ of \d+ bytes/i;
/** Lines after which a plotter would wait and try again, for ever. */
const HOPELESS = /Retrying in five minutes|^Copy to .* failed with|Could not (rename|copy) /i;

/**
 * Runs a plotter to its end.
 * @throws PlotterError `plot_cancelled`, `disk_full`, `plotter_failed` (its last line in `details.lastLine`)
 */
export async function runProgram(
  program: PlotterProgram,
  executable: string,
  args: readonly string[],
  folder: string,
  controls: PlotterControls,
  onStarting: (pid: number) => void,
): Promise<void> {
  const { signal, pause, graceMs = GRACE_MS } = controls;
  const group = new ProcessGroup(executable, args, { nice: controls.nice, onStarting });
  let fault: PlotterError | null = null;
  let lastLine = '';
  const fail = (code: string, message: string) => {
    fault ??= new PlotterError(code, message, { plotter: program.name, path: folder, lastLine });
    group.stop(graceMs);
  };
  const idle = new IdleTimer(controls.idleTimeoutMs ?? IDLE_TIMEOUT_MS, () =>
    fail('plotter_failed', `${program.name} has said nothing for too long`),
  );
  const telling = new Telling(controls.onProgress);
  const read = program.progress();
  const lines = () =>
    new Lines((line) => {
      lastLine = line.slice(0, 300);
      if (DISK_FULL.test(line)) fail('disk_full', 'The disk is full');
      else if (HOPELESS.test(line)) fail('plotter_failed', `${program.name} could not write the plot`);
      const progress = read(line);
      if (progress) telling.tell(progress);
    });
  for (const stream of [group.child.stdout, group.child.stderr]) {
    const cut = lines();
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      idle.restart();
      cut.add(chunk);
    });
    stream.once('end', () => cut.end());
  }
  const cancel = () => fail('plot_cancelled', 'The plot was cancelled');
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  const release = pause ? follow(pause, group, [idle, telling]) : () => {};
  try {
    const { code, signal: killedBy, error } = await group.ended;
    if (fault) throw fault;
    if (code === 0) return;
    throw new PlotterError(
      'plotter_failed',
      `${program.name} ended with ${error ? error.message : (killedBy ?? `code ${code}`)}`,
      { plotter: program.name, exitCode: code ?? -1, lastLine },
      error ? { cause: error } : undefined,
    );
  } finally {
    release();
    idle.stop();
    signal?.removeEventListener('abort', cancel);
  }
}

function follow(
  pause: PauseSwitch,
  group: ProcessGroup,
  clocks: readonly { hold(held: boolean): void }[],
): () => void {
  const set = (paused: boolean) => {
    if (paused) group.pause();
    else group.resume();
    for (const clock of clocks) clock.hold(paused);
  };
  if (pause.isPaused) set(true);
  return pause.onChange(set);
}

class IdleTimer {
  private timer: NodeJS.Timeout | undefined;
  private held = false;

  constructor(
    private readonly ms: number,
    private readonly elapsed: () => void,
  ) {
    this.restart();
  }

  restart(): void {
    clearTimeout(this.timer);
    if (!this.held) this.timer = setTimeout(this.elapsed, this.ms);
  }

  /** While held no time counts, even when output from before is read only now. */
  hold(held: boolean): void {
    this.held = held;
    this.restart();
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
