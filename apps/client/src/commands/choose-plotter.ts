import { resolve } from 'node:path';
import {
  choosePlotter,
  detectPlotters,
  encodeAddress,
  type FoundPlotter,
  type PlotterChoice,
  type PlotterName,
  type PlotterRequest,
} from '#libs/chia';
import type { PlotPlan } from '#libs/proof-of-space';
import { ClientError } from '../client-error.js';
import type { CommandIo } from './io.js';

export const PLOTTERS: readonly PlotterName[] = ['builtin', 'chia', 'madmax', 'bladebit', 'bladebit-cuda'];

/** Which plotter makes a plot for keys, and what it is asked for. */
export interface ChosenPlotter {
  /** Null for the built-in one. */
  readonly other: FoundPlotter | null;
  readonly request: PlotterRequest;
}

/**
 * Looks for other plotters on this machine, chooses, and says which and why.
 *
 * @param plan the built-in plotter's, or null when it cannot
 * @param forced the one that was named
 * @param refused why the built-in one cannot, thrown when no other can either
 */
export async function chooseFor(
  keys: { farmerPublicKey: Uint8Array; contractPuzzleHash: Uint8Array },
  wanted: Omit<PlotterRequest, 'farmerPublicKey' | 'contractAddress'>,
  plan: PlotPlan | null,
  forced: PlotterName | undefined,
  refused: unknown,
  io: CommandIo,
): Promise<ChosenPlotter> {
  const request: PlotterRequest = {
    ...wanted,
    tempDir: resolve(wanted.tempDir),
    temp2Dir: wanted.temp2Dir && resolve(wanted.temp2Dir),
    finalDir: resolve(wanted.finalDir),
    farmerPublicKey: keys.farmerPublicKey,
    contractAddress: encodeAddress(keys.contractPuzzleHash),
  };
  const found = forced === 'builtin' ? [] : await detectPlotters({ path: io.env.PATH });
  const choice = choosePlotter(found, request, plan, forced);
  if (choice.plotter === null) {
    if (choice.why === 'none_can' || forced === 'builtin') throw refused;
    throw new ClientError('plotter_not_usable', describe(choice));
  }
  io.err(io.speak(`plotter_${choice.why}` as 'plotter_builtin_can', { plotter: describe(choice) }));
  return { other: found.find(({ name }) => name === choice.plotter) ?? null, request };
}

function describe({ details }: PlotterChoice): string {
  return [details.plotter, details.version, details.refusal].filter(Boolean).join(' ');
}
