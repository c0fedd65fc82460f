import { closeSync, fsyncSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlotterError } from '../errors.js';
import type { PlotIdentity } from '../reader/header.js';
import { Checkpoint, plotFingerprint } from './checkpoint.js';
import type { CreatePlotOptions } from './create-plot.js';
import { plotterFailure } from './disk-errors.js';
import { requireSpace, spaceNeeds } from './disk-space.js';
import { entryBytes, geometryOf } from './geometry.js';
import { layOut, type PlotLayout } from './layout.js';
import type { PlotPlan } from './plan.js';
import { ProgressMeter } from './progress.js';
import { steps } from './steps/index.js';
import { emptyState, type Workshop } from './steps/step.js';
import { DiskSpace, MemorySpace, type Space } from './store/space.js';
import { Control } from './threads/control.js';
import { type Crew, LoneCrew, WorkerCrew } from './threads/crew.js';
import { type PlotFolders, unfinishedFile } from './work-folder.js';

/** Progress is told this often while a step runs. */
const REPORT_MS = 200;

export interface PlotJob {
  readonly identity: PlotIdentity;
  readonly plan: PlotPlan;
  readonly path: string;
  readonly folders: PlotFolders;
  readonly options: Pick<CreatePlotOptions, 'onProgress' | 'signal' | 'pause' | 'nice'>;
}

/** Does all steps, those that an earlier run has finished left out, and gives the file its name. */
export async function makePlot(job: PlotJob): Promise<{ bytes: number; resumed: boolean }> {
  const { identity, plan, folders, path, options } = job;
  const { k, memo } = identity;
  const geometry = geometryOf(k, plan.buckets);
  const checkpoint =
    plan.mode === 'disk' ? new Checkpoint(folders.temp, plotFingerprint(identity, plan.buckets)) : null;
  const file = unfinishedFile(folders);
  const earlier = checkpoint?.load() ?? null;
  requireSpace(spaceNeeds(plan, folders));

  const state = earlier?.state ?? emptyState();
  const control = new Control();
  const crew = watched(startCrew(job, control), control, options.signal);
  const space = plan.mode === 'disk' ? new DiskSpace(folders.temp, folders.temp2) : memorySpace();
  let layout: PlotLayout | null = null;
  const shop: Workshop = {
    identity,
    geometry,
    crew,
    space,
    state,
    file,
    layout: () => {
      layout ??= layOut(k, memo.length, state.entries);
      return layout;
    },
  };
  const stopWatching = watchSwitches(control, options);
  try {
    await doSteps(shop, earlier?.step ?? 0, control, checkpoint, options);
    finish(file, path);
    return { bytes: statSync(path).size, resumed: earlier !== null };
  } finally {
    stopWatching();
    await crew.close();
  }

  function memorySpace(): Space {
    const { buckets, bucketCapacity: capacity } = geometry;
    const widest = Math.max(...[1, 2, 3, 4, 5, 6].map((table) => entryBytes(k, table)));
    return new MemorySpace({ buckets, capacity, elementBytes: widest });
  }
}

async function doSteps(
  shop: Workshop,
  first: number,
  control: Control,
  checkpoint: Checkpoint | null,
  { onProgress = () => {}, pause }: PlotJob['options'],
): Promise<void> {
  const meter = new ProgressMeter(
    steps.map(({ weight }) => weight),
    onProgress,
  );
  for (let index = first; index < steps.length; index++) {
    const step = steps[index]!;
    const report = () => {
      if (pause?.isPaused) meter.addPause(REPORT_MS);
      else meter.report(step.phase, step.table, index, control.part);
    };
    const timer = setInterval(report, REPORT_MS);
    try {
      const done = await step.run(shop);
      checkpoint?.save(index + 1, shop.state);
      for (const handle of done) if (handle) shop.space.drop(handle);
    } finally {
      clearInterval(timer);
    }
    meter.report(step.phase, step.table, index, 1);
  }
}

/** From TypeScript sources (in tests) there is no compiled worker to start. */
function startCrew({ plan, identity, options }: PlotJob, control: Control): Crew {
  const geometry = geometryOf(identity.k, plan.buckets);
  return import.meta.url.endsWith('.ts')
    ? new LoneCrew(geometry, control)
    : new WorkerCrew(geometry, plan.threads, options.nice ?? 0, control);
}

/** After a stage that was stopped nothing may go on as if it were done. */
function watched(crew: Crew, control: Control, signal: AbortSignal | undefined): Crew {
  return {
    async run(stage) {
      if (!signal?.aborted) {
        const reports = await crew.run(stage);
        if (!control.isStopped) return reports;
      }
      throw new PlotterError('plot_cancelled', 'The plot was cancelled');
    },
    close: () => crew.close(),
  };
}

function watchSwitches(control: Control, { pause, signal }: PlotJob['options']): () => void {
  const stop = () => control.stop();
  const onPause = (paused: boolean) => (paused ? control.pause() : control.resume());
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const unlisten = pause?.onChange(onPause);
  if (pause?.isPaused) control.pause();
  return () => {
    signal?.removeEventListener('abort', stop);
    unlisten?.();
  };
}

/** Makes the file durable under its final name. */
function finish(file: string, path: string): void {
  try {
    const fd = openSync(file, 'r+');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(file, path);
  } catch (cause) {
    throw plotterFailure(path, 0, cause);
  }
  syncFolder(dirname(path));
}

/** A rename lasts only once its folder is synced; file systems that cannot do that do not need it. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Windows cannot open a folder.
  }
}
