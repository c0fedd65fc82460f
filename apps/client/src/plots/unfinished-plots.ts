import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DrawnPlot } from '#libs/chia';
import { isBeingMade } from '#libs/proof-of-space';
import { bytesToHex, hexToBytes } from '#libs/protocol';

const ENDING = '.plot.making';

/** What a plot was asked for with. */
export interface PlotRequest {
  readonly k: number;
  readonly keys: { readonly farmerPublicKey: Uint8Array; readonly contractPuzzleHash: Uint8Array } | null;
  /** Given, or drawn for the keys. */
  readonly identity: { readonly plotId: Uint8Array; readonly memo: Uint8Array } | null;
}

interface Saved {
  readonly asked: string;
  readonly plotId: string;
  readonly memo: string;
}

/**
 * Plots begun by hand in a folder, so that the same command makes the same plot again after a crash: its keys were
 * drawn at random. The files hold what the plot's memo holds, a secret, and only their owner reads them.
 */
export class UnfinishedPlots {
  constructor(private readonly folder: string) {}

  /** A plot that was begun for the same request and that no process is making now. */
  async find(request: PlotRequest): Promise<DrawnPlot | null> {
    for (const name of await readdir(this.folder)) {
      if (!name.endsWith(ENDING)) continue;
      const saved = await this.read(name);
      if (saved?.asked !== askedFor(request)) continue;
      const file = join(this.folder, name.replace(ENDING, '.plot'));
      if (isBeingMade(file)) continue;
      return { plotId: hexToBytes(saved.plotId), memo: hexToBytes(saved.memo), fileName: basename(file) };
    }
    return null;
  }

  async begin(request: PlotRequest, file: string): Promise<void> {
    const { plotId, memo } = request.identity!;
    const saved: Saved = { asked: askedFor(request), plotId: bytesToHex(plotId), memo: bytesToHex(memo) };
    await writeFile(nameOf(file), JSON.stringify(saved), { mode: 0o600 });
  }

  async forget(file: string): Promise<void> {
    await rm(nameOf(file), { force: true });
  }

  private async read(name: string): Promise<Saved | null> {
    try {
      return JSON.parse(await readFile(join(this.folder, name), 'utf8')) as Saved;
    } catch {
      return null;
    }
  }
}

const nameOf = (file: string) => file.replace(/\.plot$/, ENDING);

function askedFor({ k, keys, identity }: PlotRequest): string {
  const parts = keys ? [keys.farmerPublicKey, keys.contractPuzzleHash] : [identity!.plotId, identity!.memo];
  return [k, keys ? 'keys' : 'id', ...parts.map(bytesToHex)].join(' ');
}
