import { existsSync } from 'node:fs';
import { open, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileSource, PlotterError, readPlotHeader } from '#libs/proof-of-space';
import { decodeAddress } from '../address.js';
import { identityFromMemo } from '../plot-identity.js';
import type { PlotterRequest, PlotterResult } from './plotter.js';

/** What a plot is compared with. */
export type AskedPlot = Pick<PlotterRequest, 'k' | 'farmerPublicKey' | 'contractAddress'>;

/**
 * Finds the one plot in the folder of a run and compares it with what was asked for: k, farmer key, contract address,
 * and that its id follows from its memo.
 * @throws PlotterError `plot_not_as_asked` (`details.what`, `details.path`), `plotter_failed` when there is none
 */
export async function findMadePlot(folder: string, request: AskedPlot): Promise<PlotterResult> {
  const plots = (await readdir(folder)).filter((name) => name.endsWith('.plot'));
  if (plots.length === 0) {
    throw new PlotterError('plotter_failed', 'The plotter ended without a plot', { path: folder });
  }
  if (plots.length > 1) throw notAsAsked('count', folder);
  const path = join(folder, plots[0]!);
  const { what, ...result } = await inspect(path, request);
  if (what) throw notAsAsked(what, path);
  return { path, ...result };
}

/**
 * Gives a finished plot its final name on the same disk, durably.
 * @throws PlotterError `plot_exists`
 */
export async function nameFinal(from: string, to: string): Promise<void> {
  if (existsSync(to)) throw new PlotterError('plot_exists', `${to} exists already`, { path: to });
  await sync(from, 'r+');
  await rename(from, to);
  // systems that cannot open a folder need no such call
  await sync(dirname(to), 'r').catch(() => {});
}

async function sync(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function inspect(path: string, request: AskedPlot) {
  try {
    const source = await fileSource(path);
    try {
      const { k, plotId, memo } = await readPlotHeader(source);
      const identity = identityFromMemo(memo);
      const { puzzleHash } = decodeAddress(request.contractAddress);
      let what: string | null = null;
      if (k !== request.k) what = 'k';
      else if (!same(identity.farmerPublicKey, request.farmerPublicKey)) what = 'farmer-key';
      else if (!identity.contractPuzzleHash || !same(identity.contractPuzzleHash, puzzleHash))
        what = 'contract';
      else if (!same(identity.plotId, plotId)) what = 'plot-id';
      return { what, plotId, memo, bytes: source.size };
    } finally {
      await source.close();
    }
  } catch (cause) {
    throw notAsAsked('header', path, cause);
  }
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

function notAsAsked(what: string, path: string, cause?: unknown): PlotterError {
  const message = `The plotter made another plot than was asked for (${what}): ${path}`;
  return new PlotterError('plot_not_as_asked', message, { what, path }, cause ? { cause } : undefined);
}
