import {
  type Batch,
  makeSingleOwnerChunk,
  proximity,
  ReserveSampler,
  type SampleItem,
  StampIssuer,
  singleOwnerAddress,
  transformedAddress,
} from '#libs/swarm';

/** A sample of a reserve that is not there, and the batch that was bought for it. */
export interface ForgedSample {
  items: SampleItem[];
  batchId: Uint8Array;
  batch: Batch;
}

/**
 * Sixteen chunks with an owner, mined after the anchor is known, that look like the sample of `claimed` chunks;
 * nothing is stored. The way of bee pkg/storageincentives/soc_mine_test.go: as many identifiers are tried as the
 * reserve is said to have chunks.
 */
export function forgeSample(
  anchor: Uint8Array,
  { depth, claimed, stampedAtNs }: { depth: number; claimed: number; stampedAtNs: bigint },
): ForgedSample {
  const key = new Uint8Array(32).fill(0xf0);
  const batchId = new Uint8Array(32).fill(0xfb);
  const issuer = new StampIssuer(batchId, key, 17);
  const { owner } = issuer.batch;
  const payload = Uint8Array.of(1);
  const sampler = new ReserveSampler();
  const unsigned = {
    span: 1n,
    payload,
    stamp: { batchId, bucket: 0, slot: 0, timestampNs: 0n, signature: key },
  };
  const keyed = transformedAddress({ ...unsigned, address: batchId, singleOwner: null }, anchor);
  for (let tried = 0, found = 0; found < claimed; tried++) {
    const identifier = new Uint8Array(32);
    new DataView(identifier.buffer).setUint32(0, tried);
    const address = singleOwnerAddress(identifier, owner);
    if (proximity(address, anchor) < depth) continue;
    found++;
    const chunk = { ...unsigned, address, singleOwner: { identifier, owner, signature: key } };
    sampler.add({ chunk, transformed: transformedAddress(chunk, anchor, () => keyed) });
  }
  const items = sampler.finish().map(({ chunk, transformed }) => {
    const identifier = chunk.singleOwner?.identifier as Uint8Array;
    const { signature } = makeSingleOwnerChunk(identifier, { span: 1n, payload }, key);
    const stamp = issuer.stamp(chunk.address, stampedAtNs);
    return { transformed, chunk: { ...chunk, stamp, singleOwner: { identifier, owner, signature } } };
  });
  return { items, batchId, batch: issuer.batch };
}
