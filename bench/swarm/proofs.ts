import {
  chunkAddress,
  FileTree,
  filePath,
  fileProof,
  inclusionProof,
  judgeRcHash,
  proveSample,
  type ReserveChunk,
  ReserveSampler,
  StampIssuer,
  transformedAddress,
  verifyFileProof,
  verifyInclusionProof,
} from '#libs/swarm';
import { rates, type Section, type SectionContext } from '../frame/section.js';
import { someBytes } from './hashing.js';

const FILE_BYTES = 16 * 2 ** 20;

/** What checking an answer costs the center. */
export const proofs: Section = {
  title: 'Proofs, one thread',
  run(context) {
    segments(context);
    sample(context);
  },
};

function segments({ row }: SectionContext) {
  const payload = someBytes(4096);
  const chunk = { address: chunkAddress(4096n, payload), span: 4096n };
  const proof = inclusionProof(payload, 77);
  const against = { name: 'the goal', value: 100 };
  const verify = () => (verifyInclusionProof(proof, chunk) === null ? 1 : 0);
  row({ name: 'a segment of a chunk verified', samples: micros(verify), unit: 'µs', against });

  const data = someBytes(FILE_BYTES);
  const payloads = new Map<string, Uint8Array>();
  const tree = new FileTree(({ level, index, payload: bytes }) =>
    payloads.set(`${level}/${index}`, bytes.slice()),
  );
  tree.write(data);
  const file = { root: tree.finish().address, length: FILE_BYTES, segmentIndex: 300_001 };
  const path = filePath(FILE_BYTES, file.segmentIndex);
  const wayUp = fileProof(
    FILE_BYTES,
    file.segmentIndex,
    path.map(({ level, chunkIndex }) => payloads.get(`${level}/${chunkIndex}`)!),
  );
  const verifyFile = () => (verifyFileProof(wayUp, file) === null ? 1 : 0);
  row({ name: `a segment of a file, ${path.length} levels`, samples: micros(verifyFile), unit: 'µs' });
}

/** A whole answer of `/rchash`: three chunks opened, three stamps. */
function sample({ row }: SectionContext) {
  const issuer = new StampIssuer(someBytes(32), someBytes(32), 24);
  const anchor1 = someBytes(40).slice(8);
  const sampler = new ReserveSampler();
  for (let index = 0; index < 40; index++) {
    const payload = new Uint8Array(4096).fill(index);
    const address = chunkAddress(4096n, payload);
    const stamp = issuer.stamp(address, 1n);
    const chunk: ReserveChunk = { address, span: 4096n, payload, singleOwner: null, stamp };
    sampler.add({ chunk, transformed: transformedAddress(chunk, anchor1) });
  }
  const said = { ...proveSample(sampler.finish(), anchor1, anchor1), durationSeconds: 1 };
  const challenge = {
    anchor1,
    anchor2: anchor1,
    depth: 0,
    batchOf: () => issuer.batch,
    overlay: anchor1,
    height: 0,
    consensusTimeNs: 1n,
    committedHash: said.hash,
    agreeing: 1,
  };
  const policy = { minAgreeing: 1, maxOwned: 2, minBatches: 1, isTrusted: () => true };
  const judge = () => (judgeRcHash(said, challenge, policy).outcome === 'valid' ? 1 : 0);
  const samples = micros(judge).map((each) => each / 1000);
  row({ name: 'an answer of /rchash judged', samples, unit: 'ms' });
}

/** Microseconds each. What does not hold counts as nothing done, and makes the time infinite. */
function micros(once: () => number): number[] {
  return rates(once).map((perSecond) => 1e6 / perSecond);
}
