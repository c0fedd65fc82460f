import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PlotIdentity, plotIdentity } from '#libs/chia';
import { fileSource, openPlot, type PlotReader } from '#libs/proof-of-space';
import {
  type Answer,
  bytesToHex,
  hexToBytes,
  lotOf,
  type PlotRegistration,
  type PlotTask,
  type RoundMessage,
  subChallenge,
} from '#libs/protocol';
import { createPlot } from './client.js';

/** A real k=18 plot in a test's hand, to answer with rightly or wrongly. */
export class RawPlot {
  private constructor(
    readonly identity: PlotIdentity,
    readonly reader: PlotReader,
    private readonly folder: string,
  ) {}

  static async make(task: PlotTask): Promise<RawPlot> {
    const identity = identityFor(task, 9);
    const folder = mkdtempSync(join(tmpdir(), 'croft-raw-plot-'));
    const file = join(folder, 'raw.plot');
    const { plotId, memo } = identity;
    await createPlot({ plotId, memo, k: task.k, path: file });
    return new RawPlot(identity, await openPlot(await fileSource(file)), folder);
  }

  get plotId() {
    return bytesToHex(this.identity.plotId);
  }

  /** The right answer to a round. */
  async answer(round: RoundMessage, nodeId: string): Promise<Answer> {
    const about = { plotId: this.plotId, plotKind: 'chia-v1', k: 18 };
    const common = { roundId: round.roundId, nodeId, ...about, beacon: round.beacon };
    const lot = lotOf(this.identity.plotId, hexToBytes(round.beacon));
    for (let subIndex = 0; subIndex < 16; subIndex++) {
      const challenge = subChallenge(lot, subIndex);
      const found = await this.reader.qualities(challenge);
      if (found.length > 0) {
        return { ...common, subIndex, proof: bytesToHex(await this.reader.proof(challenge, 0)) };
      }
    }
    return { ...common, subIndex: null, proof: null };
  }

  async remove() {
    await this.reader.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** Identity of a plot under a lease's keys; `seed` tells several apart. */
export function identityFor(task: PlotTask, seed: number): PlotIdentity {
  return plotIdentity({
    contractPuzzleHash: hexToBytes(task.contractPuzzleHash),
    farmerPublicKey: hexToBytes(task.farmerPublicKey),
    masterSecretKey: new Uint8Array(32).fill(seed),
  });
}

/** Registration of a k=18 plot of this identity, true or not. */
export function registrationOf(task: PlotTask, identity: PlotIdentity): PlotRegistration {
  return {
    leaseId: task.leaseId,
    plotId: bytesToHex(identity.plotId),
    memo: bytesToHex(identity.memo),
    plotKind: task.plotKind,
    k: 18,
    plotBytes: 3_800_000,
    contentRoot: '11'.repeat(32),
  };
}
