import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { PlotIdentity } from '../reader/header.js';
import { plotterFailure } from './disk-errors.js';
import type { PlotState } from './steps/step.js';

const STATE_FILE = 'state.json';
/** A start of the machine is told by the clock minus the uptime, which agree to some seconds. */
const BOOT_TOLERANCE_MS = 60_000;

interface Saved {
  readonly version: 1;
  readonly plot: string;
  /** When the machine was started: what was not yet on disk when it went down is lost, whatever files say. */
  readonly bootMs: number;
  readonly host: string;
  readonly step: number;
  readonly state: unknown;
}

/**
 * Where a plot on disk stands, written after each step. Shared memory goes into files of its own, once each: it does
 * not change after the step that made it.
 */
export class Checkpoint {
  private readonly names = new Map<SharedArrayBuffer, string>();

  /** @param plot tells plots, and ways to make them, apart */
  constructor(
    private readonly folder: string,
    private readonly plot: string,
  ) {}

  /** @throws PlotterError `disk_full`, `plot_not_written` */
  save(step: number, state: PlotState): void {
    const path = join(this.folder, STATE_FILE);
    try {
      const saved: Saved = {
        version: 1,
        plot: this.plot,
        bootMs: bootMs(),
        host: hostname(),
        step,
        state: JSON.parse(JSON.stringify(state, (_key, value) => this.replace(value))),
      };
      writeFileSync(`${path}.new`, JSON.stringify(saved));
      renameSync(`${path}.new`, path);
    } catch (cause) {
      throw plotterFailure(path, 0, cause);
    }
  }

  /** The last step that was saved and what it left, or null when there is nothing to go on from. */
  load(): { step: number; state: PlotState } | null {
    try {
      const saved = JSON.parse(readFileSync(join(this.folder, STATE_FILE), 'utf8')) as Saved;
      if (saved.version !== 1 || saved.plot !== this.plot || saved.host !== hostname()) return null;
      if (Math.abs(saved.bootMs - bootMs()) > BOOT_TOLERANCE_MS) return null;
      return { step: saved.step, state: this.restore(saved.state) as PlotState };
    } catch {
      return null;
    }
  }

  private replace(value: unknown): unknown {
    if (!(value instanceof SharedArrayBuffer)) return value;
    let name = this.names.get(value);
    if (!name) {
      name = `shared-${this.names.size}-${process.pid}`;
      writeFileSync(join(this.folder, name), new Uint8Array(value));
      this.names.set(value, name);
    }
    return { shared: name, bytes: value.byteLength };
  }

  private restore(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((one) => this.restore(one));
    if ('shared' in value && 'bytes' in value) {
      const bytes = readFileSync(join(this.folder, String(value.shared)));
      if (bytes.length !== value.bytes) throw new Error('A file of the checkpoint is not whole');
      const memory = new SharedArrayBuffer(bytes.length);
      new Uint8Array(memory).set(bytes);
      this.names.set(memory, String(value.shared));
      return memory;
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.restore(one)]));
  }
}

/** Names one way to make one plot: only the same way can go on where another run ended. The memo holds a secret key. */
export function plotFingerprint({ plotId, k, memo }: PlotIdentity, buckets: number): string {
  return `${k}-${buckets}-${bytesToHex(plotId)}-${bytesToHex(sha256(memo))}`;
}

/** When this machine was started, by its clock. */
export function bootMs(): number {
  return Date.now() - uptime() * 1000;
}
