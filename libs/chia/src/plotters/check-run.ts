import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { PlotterError, requireSpace } from '#libs/proof-of-space';
import { decodeAddress } from '../address.js';
import { publicPoint } from '../bls.js';
import type { PlotterNeeds, PlotterRequest, PlotterRun } from './plotter.js';
import type { PlotterProgram } from './programs.js';
import { RUN_FOLDER_PREFIX } from './run-record.js';

/**
 * Sees that a run can be started: the request makes sense, the program takes it, its folders are there and have room for
 * what it is known to need.
 * @throws PlotterError `plot_bad_request`, `plotter_limit`, `plot_not_written`, `disk_full`
 */
export function checkRun(program: PlotterProgram, request: PlotterRequest): void {
  requireSensible(request);
  requireAble(program, request);
  const { tempDir, temp2Dir = tempDir, finalDir } = request;
  for (const folder of [tempDir, temp2Dir, finalDir]) requireFolder(folder);
  const { tempBytes, temp2Bytes, finalBytes } = needsOf(program, request);
  const need = (folder: string, bytes: number | null) => ({
    folder: join(folder, `${RUN_FOLDER_PREFIX}new`),
    bytes: bytes ?? 0,
  });
  requireSpace([need(tempDir, tempBytes), need(temp2Dir, temp2Bytes), need(finalDir, finalBytes)]);
}

/** @throws PlotterError `plotter_limit` for memory, `plot_bad_request` for anything else it cannot make */
export function requireAble(program: PlotterProgram, request: PlotterRequest): void {
  const refusal = program.refusal(request);
  if (!refusal) return;
  const code = refusal === 'memory_too_small' ? 'plotter_limit' : 'plot_bad_request';
  const message = `${program.name} cannot make this plot: ${refusal}`;
  throw new PlotterError(code, message, { plotter: program.name, refusal });
}

/** What the run takes, where its folders lie now. */
export function needsOf(program: PlotterProgram, request: PlotterRun): PlotterNeeds {
  return program.needs(request, onOneDisk(request));
}

function onOneDisk({ tempDir, temp2Dir = tempDir }: PlotterRun): boolean {
  try {
    return statSync(tempDir).dev === statSync(temp2Dir).dev;
  } catch {
    return false;
  }
}

function requireSensible(request: PlotterRequest): void {
  const { tempDir, temp2Dir = tempDir, finalDir, threads } = request;
  const bad = (message: string, cause?: unknown) =>
    new PlotterError('plot_bad_request', message, {}, cause ? { cause } : undefined);
  // A relative folder could be taken for an option.
  if (![tempDir, temp2Dir, finalDir].every(isAbsolute)) throw bad('Folders are absolute');
  if (!Number.isInteger(threads) || threads < 1 || threads > 1024) throw bad('Threads are from 1 to 1024');
  try {
    publicPoint(request.farmerPublicKey);
    decodeAddress(request.contractAddress);
  } catch (cause) {
    throw bad('The farmer key or the contract address is none', cause);
  }
}

function requireFolder(folder: string): void {
  try {
    accessSync(folder, constants.W_OK);
    if (statSync(folder).isDirectory()) return;
  } catch (cause) {
    throw new PlotterError(
      'plot_not_written',
      `${folder} is no folder to write to`,
      { path: folder },
      { cause },
    );
  }
  throw new PlotterError('plot_not_written', `${folder} is no folder to write to`, { path: folder });
}
