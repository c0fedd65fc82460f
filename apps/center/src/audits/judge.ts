import type { PlotKind } from '#libs/proof-of-space';
import { type Answer, hexToBytes, lotOf, subChallenge, type Verdict } from '#libs/protocol';

/**
 * What an answer in time comes to, by the center's own verification: `proved` when the proof is one of this plot
 * (id, kind and k as registered) for the sub-challenge it names, `empty` when it has none, else `invalid`.
 */
export function judge(
  answer: Answer,
  plot: { plotId: string; k: number },
  kind: Pick<PlotKind, 'kind' | 'subChallenges' | 'verify'>,
  beacon: string,
): Verdict {
  if (answer.subIndex === null || answer.proof === null) return 'empty';
  const plotId = hexToBytes(plot.plotId);
  const challenge = subChallenge(lotOf(plotId, hexToBytes(beacon)), answer.subIndex);
  if (answer.plotKind !== kind.kind || answer.k !== plot.k) return 'invalid';
  if (answer.subIndex >= kind.subChallenges) return 'invalid';
  const quality = kind.verify({ plotId, k: plot.k }, challenge, hexToBytes(answer.proof));
  return quality ? 'proved' : 'invalid';
}
