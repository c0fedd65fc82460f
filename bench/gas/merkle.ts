import { randomFillSync } from 'node:crypto';
import { buildPayoutTreeFromColumns } from '#libs/settlement';

export interface MerkleFigures {
  readonly payees: number;
  /** From the columns of addresses and amounts to the root. */
  readonly buildSeconds: number;
  /** Of them on a processor: less than that where something else ran too. */
  readonly buildCpuSeconds: number;
  /** All claim proofs, each written out whole. */
  readonly proofsSeconds: number;
  readonly proofBytes: number;
  /** Of the whole process. */
  readonly peakRssBytes: number;
  readonly root: string;
}

/** Builds the tree over so many payees and writes out every claim proof, on one core. */
export function measureMerkle(payees: number): MerkleFigures {
  const addresses = randomFillSync(new Uint8Array(payees * 20));
  const amounts = randomFillSync(new Uint8Array(payees * 6));
  const before = process.cpuUsage();
  const started = performance.now();
  const tree = buildPayoutTreeFromColumns({ addresses, amounts });
  const built = performance.now();
  const used = process.cpuUsage(before);
  const proof = new Uint8Array(64 * 32);
  let proofBytes = 0;
  for (let index = 0; index < payees; index++) {
    let at = 0;
    for (const sibling of tree.siblings(index)) {
      proof.set(sibling, at);
      at += 32;
    }
    proofBytes += at;
  }
  return {
    payees,
    buildSeconds: (built - started) / 1000,
    buildCpuSeconds: (used.user + used.system) / 1e6,
    proofsSeconds: (performance.now() - built) / 1000,
    proofBytes,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    root: tree.root,
  };
}
