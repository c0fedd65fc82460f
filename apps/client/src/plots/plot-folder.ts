import { readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileSource, type PlotKind, type PlotSource } from '#libs/proof-of-space';
import { bytesToHex } from '#libs/protocol';
import { ClientError, textOf } from '../client-error.js';
import { kindOfFile } from './plot-kinds.js';

/** What a rejected plot's name ends with, and how long it stays. */
const ASIDE = '.rejected';
const KEPT_ASIDE_MS = 7 * 86_400_000;

/** A plot file as its header tells. */
export interface PlotFile {
  /** 32 bytes, hex. */
  plotId: string;
  /** Its proof format. */
  kind: string;
  k: number;
  file: string;
  plotBytes: number;
  /** The disk it lies on: plots of one share its reads. */
  disk: string;
}

export interface UnreadableFile {
  file: string;
  reason: string;
}

/** The folder of finished plots. What is in it is read from the headers; nothing else is remembered. */
export class PlotFolder {
  private readonly plots = new Map<string, PlotFile>();
  private readonly unreadable = new Map<string, string>();
  /** Promised to files that are still being written, by plot id: their whole size and what was missing of it. */
  private readonly reserved = new Map<string, { bytes: number; missing: number }>();

  constructor(readonly path: string) {}

  /** Reads all headers anew. Errors: folder_not_writable when the folder is gone, as a disk that is not mounted. */
  async scan(): Promise<void> {
    const all = await readdir(this.path).catch((cause) => {
      throw new ClientError('folder_not_writable', this.path, { cause });
    });
    const names = all.filter((name) => kindOfFile(name)).sort();
    this.plots.clear();
    this.unreadable.clear();
    for (const name of names) await this.add(join(this.path, name));
  }

  /** Takes a finished file in, or notes why it cannot be read; returns it when it can. */
  async add(file: string): Promise<PlotFile | null> {
    try {
      const plot = await readPlotFile(file);
      this.plots.set(plot.plotId, plot);
      this.unreadable.delete(file);
      return plot;
    } catch (error) {
      this.unreadable.set(file, textOf(error));
      return null;
    }
  }

  get(plotId: string): PlotFile | undefined {
    return this.plots.get(plotId);
  }

  all(): PlotFile[] {
    return [...this.plots.values()];
  }

  problems(): UnreadableFile[] {
    return [...this.unreadable].map(([file, reason]) => ({ file, reason }));
  }

  /** Notes that a plot failed while it was used; shown in status until it is read well again. */
  noteProblem(plot: PlotFile, problem: unknown): void {
    if (problem === null) this.unreadable.delete(plot.file);
    else this.unreadable.set(plot.file, textOf(problem));
  }

  /** Deletes a plot, if its file lies in this folder and still says it is this plot. */
  async remove(plotId: string): Promise<boolean> {
    const plot = this.plots.get(plotId);
    if (!plot || dirname(plot.file) !== this.path) return false;
    const now = await readPlotFile(plot.file).catch(() => null);
    this.plots.delete(plotId);
    this.unreadable.delete(plot.file);
    this.reserved.delete(plotId);
    if (now?.plotId !== plotId) return false;
    await rm(plot.file, { force: true });
    return true;
  }

  /**
   * Puts a plot that never counted out of the way, under a name that is no plot's, for KEPT_ASIDE_MS: it took hours to
   * make, and whoever made it may want to look at it. Its new name, or null when it is not here.
   */
  async setAside(plotId: string): Promise<string | null> {
    const plot = this.plots.get(plotId);
    if (!plot || dirname(plot.file) !== this.path) return null;
    this.plots.delete(plotId);
    this.unreadable.delete(plot.file);
    this.reserved.delete(plotId);
    const aside = `${plot.file}${ASIDE}`;
    await rename(plot.file, aside);
    const now = new Date();
    await utimes(aside, now, now);
    return aside;
  }

  /** Deletes what was set aside long enough ago. */
  async sweepAside(): Promise<void> {
    for (const name of await readdir(this.path)) {
      const file = join(this.path, name);
      if (!name.endsWith(`.plot${ASIDE}`)) continue;
      if (Date.now() - (await stat(file)).mtimeMs > KEPT_ASIDE_MS) await rm(file, { force: true });
    }
  }

  /** Unfinished copies of earlier runs: files with a sidecar of piece hashes, by plot id. */
  async unfinished(): Promise<Map<string, string>> {
    const copies = new Map<string, string>();
    for (const name of await readdir(this.path)) {
      const plotId = /-([0-9a-f]{64})\.\w+\.tmp\.pieces$/.exec(name)?.[1];
      if (plotId) copies.set(plotId, join(this.path, name.slice(0, -'.pieces'.length)));
    }
    return copies;
  }

  /**
   * Sets `bytes` aside for a plot, of which `present` are on the disk already; false when the disk has no room
   * for the rest, or when with `kept` and everything else promised it comes to more than `offered`.
   */
  async reserve(
    plotId: string,
    bytes: number,
    present: number,
    { kept, offered }: { kept: number; offered: number },
  ): Promise<boolean> {
    const free = await freeBytes(this.path);
    this.reserved.delete(plotId);
    const promises = [...this.reserved.values()];
    const missing = bytes - present;
    if (kept + sum(promises.map((each) => each.bytes)) + bytes > offered) return false;
    if (free !== null && sum(promises.map((each) => each.missing)) + missing > free) return false;
    this.reserved.set(plotId, { bytes, missing });
    return true;
  }

  /** The plot is whole on the disk, but not in custody yet: it still counts against the offer. */
  arrived(plotId: string): void {
    const reservation = this.reserved.get(plotId);
    if (reservation) reservation.missing = 0;
  }

  /** The plot's place is counted otherwise, or not needed. */
  unreserve(plotId: string): void {
    this.reserved.delete(plotId);
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

/**
 * Reads a plot's header.
 *
 * @param kind what it is to be, when its name does not say so yet
 * Errors: those of the kind's readHeader, plot_kind_unknown.
 */
export async function readPlotFile(
  file: string,
  kind: PlotKind | undefined = kindOfFile(file),
): Promise<PlotFile> {
  if (!kind) throw new ClientError('plot_kind_unknown', file);
  let source: PlotSource | undefined;
  try {
    source = await fileSource(file);
    const { plotId, k } = await kind.readHeader(source);
    const { size: plotBytes, device = '' } = source;
    return { plotId: bytesToHex(plotId), kind: kind.kind, k, file, plotBytes, disk: device };
  } finally {
    await source?.close();
  }
}

/** Bytes an ordinary user may still write on the disk of a folder; null when that cannot be read. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Bytes of all plot files directly in a folder. */
export async function bytesOfPlots(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder)) {
    if (kindOfFile(name)) sum += (await stat(join(folder, name))).size;
  }
  return sum;
}
