import { sha256 } from '@noble/hashes/sha2.js';
import type { HeldPlot, PlotKind, PlotSource } from '#libs/proof-of-space';
import { CHUNK_BYTES, SEGMENT_BYTES } from './bmt.js';
import { SwarmError } from './errors.js';
import {
  REPLICA_STEPS,
  readReplicaTrailer,
  replicaBytes,
  replicaLayout,
  TRAILER_BYTES,
} from './replica-layout.js';
import { proveReplica, replicaFault } from './replica-proof.js';

/** A replica's file that is open for answering. */
export interface HeldReplica extends HeldPlot {
  readonly source: PlotSource;
}

const isReplica = ({ plotId, k }: { plotId: Uint8Array; k: number }): boolean =>
  plotId.length === SEGMENT_BYTES && Number.isInteger(k) && k >= REPLICA_STEPS.min && k <= REPLICA_STEPS.max;

/**
 * Replicas of data sets, each encoded for one keeper and known by the Swarm root of what is kept. One challenge asks
 * for all its segments at once: a replica is whole, or has no answer. The quantity is bytes of data.
 */
export const swarmReplica: PlotKind<HeldReplica> = {
  kind: 'swarm-replica',
  // without the center's key nobody makes one anew, however small
  k: { ...REPLICA_STEPS, leastTrusted: REPLICA_STEPS.min },
  significantIdBytes: SEGMENT_BYTES,
  subChallenges: 1,

  identity({ plotId, k }) {
    return Uint8Array.from([...plotId.subarray(0, SEGMENT_BYTES), k]);
  },

  due(lot, threshold) {
    return new DataView(lot.buffer, lot.byteOffset, lot.byteLength).getUint32(0) < threshold;
  },

  async prove({ plotId, k, source }, challenge, signal) {
    const { dataBytes, levels } = replicaLayout(k);
    const proof = await proveReplica(k, challenge, ({ level, chunkIndex }) => {
      const offset = levels[level]! + chunkIndex * CHUNK_BYTES;
      const length = level === 0 ? Math.min(CHUNK_BYTES, dataBytes - offset) : CHUNK_BYTES;
      return readAll(source, offset, length, signal);
    });
    const fault = replicaFault({ root: plotId, k }, challenge, proof);
    if (fault) throw new SwarmError('replica-damaged', `segment ${fault.segment}: ${fault.reason}`);
    return proof;
  },

  verify(subject, challenge, proof) {
    if (!isReplica(subject)) return null;
    const { plotId: root, k } = subject;
    return replicaFault({ root, k }, challenge, proof) ? null : sha256(proof);
  },

  quantity(subject) {
    return isReplica(subject) ? BigInt(replicaBytes(subject.k)) : 0n;
  },

  fileBytes(k) {
    const { fileBytes } = replicaLayout(k);
    return { least: fileBytes, most: fileBytes };
  },

  fileName(k, date, rootHex) {
    const minute = date.toISOString().slice(0, 16).replace(/[T:]/g, '-');
    return `replica-k${k}-${minute}-${rootHex}.replica`;
  },

  isFileName: (name) => name.endsWith('.replica'),

  async readHeader(source) {
    const trailer = readReplicaTrailer(
      await readAll(source, Math.max(0, source.size - TRAILER_BYTES), TRAILER_BYTES),
    );
    if (!trailer || replicaLayout(trailer.k).fileBytes !== source.size)
      throw new SwarmError('replica-file-invalid', 'The file is not a whole replica');
    return { plotId: trailer.root, k: trailer.k, memo: new Uint8Array(0) };
  },

  async open(source) {
    try {
      const { plotId, k } = await swarmReplica.readHeader(source);
      return { plotId, k, source, close: () => source.close() };
    } catch (error) {
      await source.close();
      throw error;
    }
  },
};

async function readAll(
  source: PlotSource,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const bytes = await source.read(offset, length, signal);
  if (bytes.length !== length) throw new SwarmError('replica-file-invalid', 'The file ends too early');
  return bytes;
}
