import {
  type BundleSource,
  type Challenge,
  Frames,
  type Line,
  type Plot,
  type ProofCheck,
  readFile,
  readManifest,
} from '#libs/bundle';
import { hexToBytes, lotOf, subChallenge } from '#libs/protocol';
import type { CheckOfLine, LineEvidence } from './messages.js';

/** Most checks of one line that are shown, and whose proofs are looked at again. */
const MOST = 200;

/**
 * What a line rests on, read out of its bundle: the checks it names, each proof looked at here and now. For a bundle that
 * was verified before; throws BundleFault where it is not one.
 */
export async function evidenceOf(
  source: BundleSource,
  line: Line,
  proofHolds: ProofCheck,
): Promise<LineEvidence> {
  const { manifest } = readManifest(await source.manifest());
  const frames = await Frames.load();
  const read = <Name extends 'plots' | 'challenges' | 'answers'>(name: Name) =>
    readFile(source, manifest, name, frames);
  const plots = new Map<string, Plot>();
  for await (const plot of read('plots')) plots.set(plot.plot, plot);
  const about = plots.get(line.evidence.plot ?? line.evidence.adjustment ?? '') ?? null;
  const plot = about && {
    plotId: about.plotId,
    kind: about.kind,
    k: about.k,
    acceptedAt: about.acceptedAt,
  };
  if (!line.evidence.answers) return { checks: [], total: 0, plot };
  const rounds = new Map<number, Challenge>();
  for await (const round of read('challenges')) rounds.set(round.round, round);

  const [from, to] = line.evidence.answers;
  const checks: CheckOfLine[] = [];
  let place = -1;
  let total = 0;
  for await (const answer of read('answers')) {
    place++;
    if (place >= to) break;
    if (place < from || (about && answer.plot !== about.plot)) continue;
    total++;
    if (checks.length === MOST) continue;
    const of = plots.get(answer.plot)!;
    const round = rounds.get(answer.round)!;
    const { subIndex, proof } = answer;
    checks.push({
      line: place + 1,
      round: answer.round,
      counts: round.kind === 'broadcast',
      plotId: of.plotId,
      k: of.k,
      verdict: answer.verdict,
      subIndex,
      proof,
      beacon: round.beacon,
      sentAt: round.sentAt,
      receivedAt: answer.receivedAt,
      holds:
        subIndex === null || proof === null
          ? null
          : proofHolds(
              { kind: of.kind, plotId: hexToBytes(of.plotId), k: of.k },
              subChallenge(lotOf(hexToBytes(of.plotId), hexToBytes(round.beacon)), subIndex),
              hexToBytes(proof),
            ),
    });
  }
  return { checks, total, plot };
}
