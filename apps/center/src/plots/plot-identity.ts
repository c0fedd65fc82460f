import { identityFromMemo, type PlotIdentity } from '#libs/chia';
import { expectedPlotBytes } from '#libs/proof-of-space';
import { bytesToHex, CroftError, hexToBytes, type PlotRegistration } from '#libs/protocol';

/** What a lease asked for. */
export interface LeaseTerms {
  k: number;
  farmerPublicKey: string;
  contractPuzzleHash: string;
}

/** Bytes on disk per byte of consensus size (chia-blockchain, UI_ACTUAL_SPACE_CONSTANT_FACTOR). */
const FILE_FACTOR = 0.78;
/** A plot file may differ from that by this part: entries are coded, and small plots vary more. */
const SIZE_TOLERANCE = 0.15;

/**
 * Checks that a plot is the one its lease asked for: size, keys, and that the plot id is
 * sha256(contract puzzle hash ‖ plot public key) of the keys in its memo.
 * Errors: plot_size_differs, memo_invalid, plot_keys_differ.
 */
export function checkIdentity(registration: PlotRegistration, terms: LeaseTerms): void {
  const expected = Number(expectedPlotBytes(terms.k)) * FILE_FACTOR;
  const off = Math.abs(registration.plotBytes - expected) / expected;
  if (registration.k !== terms.k || off > SIZE_TOLERANCE) {
    throw new CroftError('plot_size_differs', { k: terms.k, expectedBytes: Math.round(expected) });
  }
  let identity: PlotIdentity;
  try {
    identity = identityFromMemo(hexToBytes(registration.memo));
  } catch (cause) {
    throw new CroftError('memo_invalid', undefined, { cause });
  }
  const same =
    identity.contractPuzzleHash !== null &&
    bytesToHex(identity.contractPuzzleHash) === terms.contractPuzzleHash &&
    bytesToHex(identity.farmerPublicKey) === terms.farmerPublicKey &&
    bytesToHex(identity.plotId) === registration.plotId;
  if (!same) throw new CroftError('plot_keys_differ');
}
