import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { ownerOf } from '#libs/processes';
import { PLOTTER_NAMES, type PlotterName, type PlotterRequest } from './plotter.js';

/**
 * Fresh sub-folders of a run begin so.
 */
export const RUN_FOLDER_PREFIX = '.croft-plotter-';
const RECORD_FILE = 'croft-run.json';

const owner = z.object({ host: z.string(), boot: z.union([z.string(), z.number()]), process: z.string() });
const runRecord = z.object({
  plotter: z.enum(PLOTTER_NAMES),
  /** Who minds the run. */
  owner,
  /** The plotter's own process, once there is one. */
  runs: owner.nullable(),
  /** Whether this is the folder of the finished plot. */
  isFinal: z.boolean(),
  /** What was asked for: a finished plot is compared with it. Nothing in it is secret. */
  k: z.number().int(),
  farmerPublicKey: z.string().regex(/^[0-9a-f]{96}$/),
  contractAddress: z.string().max(200),
  tag: z.string().max(200).nullable(),
  /** The plot in it was not as asked; its owner may want to look at it. */
  isKept: z.boolean(),
});

/** What lies beside the files of a run, so that a later process knows what a killed one has left. */
export type RunRecord = z.infer<typeof runRecord>;

/** The folders of a run that goes on, each with its record. */
export class RunRecords {
  private record: Omit<RunRecord, 'isFinal'>;

  constructor(
    plotter: PlotterName,
    request: PlotterRequest,
    private readonly folders: { readonly final: string; readonly others: readonly string[] },
  ) {
    const { k, farmerPublicKey, contractAddress, tag = null } = request;
    this.record = {
      ...{ plotter, owner: ownerOf(), runs: null, isKept: false },
      ...{ k, farmerPublicKey: bytesToHex(farmerPublicKey), contractAddress: contractAddress.trim(), tag },
    };
    this.write();
  }

  starting(pid: number): void {
    this.record = { ...this.record, runs: ownerOf(pid) };
    this.write();
  }

  keep(): void {
    this.record = { ...this.record, isKept: true };
    this.write();
  }

  private write(): void {
    const { final, others } = this.folders;
    for (const folder of new Set([final, ...others])) {
      const path = join(folder, RECORD_FILE);
      writeFileSync(`${path}.new`, JSON.stringify({ ...this.record, isFinal: folder === final }));
      renameSync(`${path}.new`, path);
    }
  }
}

/** The record of a run's folder, or null when it has none that can be read. */
export function readRunRecord(folder: string): RunRecord | null {
  try {
    return runRecord.parse(JSON.parse(readFileSync(join(folder, RECORD_FILE), 'utf8')));
  } catch {
    return null;
  }
}

/** What a finished plot of the run must be. */
export const askedFor = ({ k, farmerPublicKey, contractAddress }: RunRecord) => ({
  k,
  farmerPublicKey: hexToBytes(farmerPublicKey),
  contractAddress,
});
