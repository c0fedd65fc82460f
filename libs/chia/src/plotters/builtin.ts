import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  type CreatePlotOptions,
  createPlot,
  type PlotPlan,
  PlotterError,
  planPlot,
  plotFileName,
  rehearsePlot,
} from '#libs/proof-of-space';
import { decodeAddress } from '../address.js';
import { ChiaError } from '../errors.js';
import { keyGen } from '../key-derivation.js';
import { plotIdentity } from '../plot-identity.js';
import type {
  DrawnPlot,
  GivenPlotRequest,
  Plotter,
  PlotterControls,
  PlotterPlan,
  PlotterRefusal,
  PlotterRequest,
  PlotterResult,
  PlotterRun,
} from './plotter.js';

/** The built-in plotter also makes a plot whose keys were drawn before, and goes on with one that was broken off. */
export interface BuiltinPlotter extends Plotter<PlotterRequest | GivenPlotRequest> {
  /** What a plot takes, whoever it is for. */
  plan(run: PlotterRun): PlotterPlan;
}

/**
 * The plotter of libs/proof-of-space behind the same interface as all others.
 *
 * @param create what makes the file; `createPlot` by default
 */
export function builtinPlotter(create: typeof createPlot = createPlot): BuiltinPlotter {
  return { ...builtin, make: (request, controls = {}) => make(request, controls, create) };
}

type AnyRequest = PlotterRequest | GivenPlotRequest;

const builtin: Omit<BuiltinPlotter, 'make'> = {
  name: 'builtin',
  kind: 'chia-v1',
  version: null,
  canPause: true,
  isAutomatic: true,
  canMake(run) {
    try {
      planPlot(resourcesOf(run));
      return null;
    } catch (error) {
      return refusalOf(error, run);
    }
  },
  plan: (run) => asPlan(planPlot(resourcesOf(run))),
  rehearse: (request) => rehearsePlot(jobOf(request, drawnFor(request))),
};

async function make(
  request: AnyRequest,
  { onDrawn, onProgress, ...controls }: PlotterControls,
  create: typeof createPlot,
): Promise<PlotterResult> {
  const drawn = drawnFor(request);
  const job = jobOf(request, drawn);
  // what cannot be made is not written down
  rehearsePlot(job);
  await onDrawn?.(drawn);
  const { signal, pause, nice, keepOnFailure } = controls;
  const { bytes } = await create({ ...job, signal, pause, nice, keepOnFailure, onProgress });
  return { path: job.path, plotId: drawn.plotId, memo: drawn.memo, bytes };
}

/** Keys are drawn when they were not before. @throws PlotterError `plot_bad_request` */
function drawnFor(request: AnyRequest): DrawnPlot {
  if ('plot' in request) return request.plot;
  const { farmerPublicKey, contractAddress, k } = request;
  try {
    const contractPuzzleHash = decodeAddress(contractAddress).puzzleHash;
    const masterSecretKey = keyGen(randomBytes(32));
    const { plotId, memo } = plotIdentity({ farmerPublicKey, contractPuzzleHash, masterSecretKey });
    return { plotId, memo, fileName: plotFileName(k, new Date(), bytesToHex(plotId)) };
  } catch (cause) {
    if (!(cause instanceof ChiaError)) throw cause;
    const message = 'The farmer key or the contract address is none';
    throw new PlotterError('plot_bad_request', message, {}, { cause });
  }
}

function resourcesOf(run: PlotterRun & Partial<GivenPlotRequest>) {
  const { k, threads, memoryBytes, buckets, onDisk, plot } = run;
  const memoBytes = plot?.memo.length;
  return { k, threads, memoryBytes, buckets, onDisk, memoBytes };
}

function jobOf(request: AnyRequest, { plotId, memo, fileName }: DrawnPlot): CreatePlotOptions {
  const { finalDir, tempDir, temp2Dir } = request;
  const path = join(finalDir, fileName);
  return { ...resourcesOf(request), plotId, memo, path, tempDir, temp2Dir };
}

function asPlan(plan: PlotPlan): PlotterPlan {
  return { plotter: 'builtin', version: null, ...plan, command: null };
}

function refusalOf(error: unknown, { buckets }: PlotterRun): PlotterRefusal {
  if (!(error instanceof PlotterError)) throw error;
  if (error.details.bytesNeeded !== undefined) return 'memory_too_small';
  return error.code === 'plot_bad_request' && buckets !== undefined ? 'buckets_unsupported' : 'k_unsupported';
}
