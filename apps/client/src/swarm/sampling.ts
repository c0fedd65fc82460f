import { setImmediate as breath } from 'node:timers/promises';
import { fileSource } from '#libs/proof-of-space';
import {
  bytesToHex,
  CroftError,
  hexToBytes,
  type OpenedSample,
  type ReplicaSample,
  type SampleCommitment,
  windowFits,
  windowRuns,
} from '#libs/protocol';
import { CHUNK_BYTES, KeyedSample, replicaBytes, swarmReplica } from '#libs/swarm';
import { Places } from '../concurrency.js';
import type { PlotFolder } from '../plots/plot-folder.js';

/** Read at once: some 10 ms of hashing, after which others have their turn. */
const SLICE_CHUNKS = 64;
/** Samples that wait to be opened; the center opens each right after it was committed to. */
const REMEMBERED = 16;

/** Reads replicas under the center's anchors and commits to what it finds; one after another. */
export class Sampling {
  private readonly places = new Places(1);
  private readonly made = new Map<string, number[]>();

  constructor(private readonly folder: PlotFolder) {}

  /** Errors: plot_unknown (not here, or it cannot be read), bad_request (chunks it does not have), rate_limited. */
  async sample(asked: ReplicaSample): Promise<SampleCommitment> {
    const replica = this.folder.get(asked.plotId);
    if (replica?.kind !== swarmReplica.kind) throw new CroftError('plot_unknown');
    const bytes = replicaBytes(replica.k);
    if (!windowFits(asked, Math.ceil(bytes / CHUNK_BYTES))) throw new CroftError('bad_request');
    if (this.places.waiting >= REMEMBERED) throw new CroftError('rate_limited');
    return this.places.run(async () => {
      const { items, commitment } = await this.read(replica.file, bytes, asked).catch((cause) => {
        this.folder.noteProblem(replica, cause);
        throw new CroftError('plot_unknown', undefined, { cause });
      });
      const chunks = items.map(({ index }) => index);
      this.made.set(asked.auditId, chunks);
      const [oldest] = this.made.keys();
      if (this.made.size > REMEMBERED) this.made.delete(oldest!);
      return { commitment: bytesToHex(commitment) };
    });
  }

  /** Errors: probe_unknown. */
  async open({ auditId }: { auditId: string }): Promise<OpenedSample> {
    const chunks = this.made.get(auditId);
    if (!chunks) throw new CroftError('probe_unknown');
    this.made.delete(auditId);
    return { chunks };
  }

  private async read(file: string, bytes: number, asked: ReplicaSample) {
    const sample = new KeyedSample(hexToBytes(asked.anchor));
    const source = await fileSource(file);
    try {
      for (const [from, to] of windowRuns(asked, Math.ceil(bytes / CHUNK_BYTES))) {
        for (let at = from; at < to; at += SLICE_CHUNKS) {
          const offset = at * CHUNK_BYTES;
          const length = Math.min(Math.min(at + SLICE_CHUNKS, to) * CHUNK_BYTES, bytes) - offset;
          const slice = await source.read(offset, length);
          if (slice.length !== length) throw new RangeError('the file ends too early');
          for (let i = 0; i * CHUNK_BYTES < length; i++)
            sample.add(at + i, slice.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES));
          await breath();
        }
      }
    } finally {
      await source.close();
    }
    return sample.finish();
  }
}
