import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./stand-in.mjs', import.meta.url));

/** How a scripted stand-in behaves; see stand-in.mjs. */
export interface StandIn {
  /** Name of the plotter whose output it prints. */
  readonly name: string;
  /** What its file is called. */
  readonly file: string;
  readonly mode?: string;
  /** The plot it "makes"; without one it makes a real plot for the keys it is given (needs the build in dist/). */
  readonly plot?: string;
  /** Where it says how it was called. */
  readonly report?: string;
  /** Whether it sees a graphics card. */
  readonly card?: boolean;
}

/** Puts a stand-in into a folder, as an installed plotter lies on PATH. */
export function installStandIn(folder: string, standIn: StandIn): string {
  const { name, file, mode = 'good', plot, report, card } = standIn;
  const settings = { STAND_IN: name, MODE: mode, PLOT: plot, REPORT: report, CARD: card ? 'yes' : 'no' };
  const exports = Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([variable, value]) => `export ${variable}='${value}'\n`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, file);
  writeFileSync(path, `#!/bin/sh\n${exports.join('')}exec '${process.execPath}' '${script}' "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
