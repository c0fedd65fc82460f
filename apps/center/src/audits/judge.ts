import { verifyProof } from '#libs/proof-of-space';
import { type Answer, hexToBytes, lotOf, subChallenge, type Verdict } from '#libs/protocol';

/**
 * What an answer in time comes to, by the center's own verification: `proved` when the proof is one of this plot
 * (id and k as registered) for the sub-challenge it names, `empty` when it has none, else `invalid`.
 */
export function judge(answer: Answer, plot: { plotId: string; k: number }, beacon: string): Verdict {
  if (answer.subIndex === null || answer.proof === null) return 'empty';
  const plotId = hexToBytes(plot.plotId);
  const challenge = subChallenge(lotOf(plotId, hexToBytes(beacon)), answer.subIndex);
  const quality =
    answer.k === plot.k ? verifyProof(plotId, plot.k, challenge, hexToBytes(answer.proof)) : null;
  return quality ? 'proved' : 'invalid';
}
