import { mkdir, rm, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { chiaV1 } from '#libs/proof-of-space';
import type { MachineReport } from '#libs/protocol';
import { ClientError } from './client-error.js';
import { bytesOfPlots, freeBytes } from './plots/plot-folder.js';
import { plotKinds } from './plots/plot-kinds.js';
import { formatSize } from './sizes.js';
import type { NodeState } from './state/node-state.js';
import { clientVersion } from './version.js';

/** Kinds that the plotters here make. */
const MADE = [chiaV1.kind];

type Offer = Pick<NodeState, 'storeBytes' | 'path' | 'temp' | 'roles'>;

/** What this machine has, as the center is told. */
export async function reportMachine(offer: Offer): Promise<MachineReport> {
  const plots = offer.roles.includes('plotter');
  return {
    os: `${platform()} ${release()}`.slice(0, 40),
    arch: arch().slice(0, 20),
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    clientVersion,
    storeBytes: offer.storeBytes,
    storeFreeBytes: await freeBytes(offer.path),
    tempFreeBytes: plots ? await freeBytes(offer.temp ?? offer.path) : null,
    makes: plots ? MADE : [],
    keeps: [...plotKinds.keys()],
  };
}

/** Makes the folder if need be and tries to write in it. Errors: folder_not_writable. */
export async function checkWritable(folder: string): Promise<void> {
  const probe = join(folder, `.croft-${process.pid}.probe`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, '');
  } catch (cause) {
    throw new ClientError('folder_not_writable', folder, { cause });
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}

/** Whether the folder's disk has the offered bytes, plots already there counted in. Errors: space_missing. */
export async function checkSpace(folder: string, storeBytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free === null) return;
  const there = free + (await bytesOfPlots(folder));
  if (there < storeBytes) {
    throw new ClientError('space_missing', `${formatSize(there)} / ${formatSize(storeBytes)}, ${folder}`);
  }
}
