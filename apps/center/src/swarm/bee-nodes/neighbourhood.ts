import { proximity } from '#libs/swarm';

/** Whether a node answers for an anchor: Redistribution.sol inProximity(overlay, anchor, depth - height). */
export function isNear(overlay: Uint8Array, anchor: Uint8Array, depth: number, height: number): boolean {
  return proximity(overlay, anchor) >= depth - height;
}

/** A random anchor (32 bytes) that shares the first `bits` bits with an overlay, and no more than chance has it. */
export function anchorNear(overlay: Uint8Array, bits: number, random: Uint8Array): Uint8Array {
  return random.map((byte, index) => {
    const kept = Math.max(0, Math.min(8, bits - 8 * index));
    const mask = (0xff00 >> kept) & 0xff;
    return (overlay[index]! & mask) | (byte & ~mask);
  });
}
