import { identityFromMemo, type PlotIdentity } from '#libs/chia';
import { chiaV1, type PlotKind } from '#libs/proof-of-space';
import { bytesToHex, CroftError, hexToBytes } from '#libs/protocol';
import type { AcceptedKind } from './plot-kinds.js';

/** Plots whose id is sha256(contract puzzle hash ‖ plot public key) of the keys in their memo. */
export const chiaV1Plots: AcceptedKind = {
  ...(chiaV1 as PlotKind),

  checkKeys({ memo, plotId }, { contractPuzzleHash, farmerPublicKey }) {
    let identity: PlotIdentity;
    try {
      identity = identityFromMemo(hexToBytes(memo));
    } catch (cause) {
      throw new CroftError('memo_invalid', undefined, { cause });
    }
    const same =
      identity.contractPuzzleHash !== null &&
      bytesToHex(identity.contractPuzzleHash) === contractPuzzleHash &&
      bytesToHex(identity.farmerPublicKey) === farmerPublicKey &&
      bytesToHex(identity.plotId) === plotId;
    if (!same) throw new CroftError('plot_keys_differ');
  },
};
