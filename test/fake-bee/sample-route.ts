import { setTimeout as wait } from 'node:timers/promises';
import {
  parseLossless,
  proveSample,
  renderRcHash,
  type SampleItem,
  SwarmError,
  signStamp,
} from '#libs/swarm';
import { type Answer, invalid, ok, refusal } from './answer.js';
import { forgeSample } from './forge.js';
import type { FakeNode } from './node.js';
import type { Routes } from './routes.js';
import { tampered } from './tamper.js';

/** Owns the batch of `repeatsSlotsOf`. */
export const ONE_SLOT_KEY = new Uint8Array(32).fill(0x51);

/** bee pkg/api/rchash.go: the only proof of storage that a node gives. */
export function sampleRoute(node: FakeNode): Routes {
  return {
    'GET /rchash/{depth}/{anchor1}/{anchor2}': async ({ params }) => {
      const anchors = ['anchor1', 'anchor2'].map((name) => anchorOf(params[name] ?? ''));
      const [anchor1, anchor2] = anchors;
      if (!/^\d{1,3}$/.test(params.depth ?? '') || Number(params.depth) > 255)
        return invalid('path', 'depth', 'invalid syntax');
      if (!anchor1) return invalid('path', 'anchor1', 'odd length hex string');
      if (!anchor2) return invalid('path', 'anchor2', 'odd length hex string');
      if (node.faults.sampleFails) return refusal(500, 'failed making sample with proofs');
      return sample(node, Number(params.depth), anchor1, anchor2);
    },
  };
}

async function sample(
  node: FakeNode,
  depth: number,
  anchor1: Uint8Array,
  anchor2: Uint8Array,
): Promise<Answer> {
  const { faults, reserve, chain } = node;
  const started = performance.now();
  try {
    let items = faults.forgedChunks
      ? forgeSample(anchor1, { depth, claimed: faults.forgedChunks, stampedAtNs: chain.consensusTimeNs })
          .items
      : reserve.sample(anchor1, depth, chain.consensusTimeNs);
    if (faults.repeatsSlotsOf) items = onOneSlot(items, faults.repeatsSlotsOf);
    if (faults.repeatsChunks) items = items.map(() => items[0] as SampleItem);
    if (faults.sampleDelayMs > 0) await wait(faults.sampleDelayMs);
    const durationSeconds = (performance.now() - started) / 1000;
    node.lastSampleSeconds = durationSeconds;
    const proofs = tampered(faults.tampers, anchor2, (second) => proveSample(items, anchor1, second));
    if (faults.reserveChanges) reserve.drop((items[0] as SampleItem).chunk.address);
    return ok(parseLossless(renderRcHash({ ...proofs, durationSeconds })));
  } catch (error) {
    if (error instanceof SwarmError && error.code === 'sample-too-small')
      return refusal(500, 'failed making sample with proofs');
    throw error;
  }
}

/** The same chunks, each stamped with the first slot of a batch of `ONE_SLOT_KEY`. */
function onOneSlot(items: SampleItem[], batch: string): SampleItem[] {
  const stamp = { batchId: Buffer.from(batch, 'hex'), bucket: 0, slot: 0, timestampNs: 0n };
  return items.map((item) => ({
    ...item,
    chunk: { ...item.chunk, stamp: signStamp(item.chunk.address, stamp, ONE_SLOT_KEY) },
  }));
}

/** Hex without 0x of any even length, as Bee takes it. */
function anchorOf(text: string): Uint8Array | null {
  const isHex = /^(?:[0-9a-fA-F]{2})+$/.test(text) && text.length <= 256;
  return isHex ? Uint8Array.from(Buffer.from(text, 'hex')) : null;
}
