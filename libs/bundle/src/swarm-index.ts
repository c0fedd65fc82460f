import { z } from 'zod';
import { canonicalBytes, hexOf } from '#libs/protocol';
import { fileNames, publishedName } from './records.js';

/** An index beyond this is not read. */
export const SWARM_INDEX_BYTES = 16 * 1024;

/** Where on Swarm the files of a bundle lie: references by published name, `manifest.json` among them. */
const swarmIndex = z.strictObject({
  format: z.literal('croft/bundle-on-swarm/1'),
  files: z.record(z.string().max(100), hexOf(32)),
});
export type SwarmIndex = z.infer<typeof swarmIndex>;

/** Every file that a bundle on Swarm has. */
export const swarmFiles: readonly string[] = ['manifest.json', ...fileNames.map(publishedName)];

/** Canonical bytes of the index whose reference the bundle is known by. */
export function swarmIndexBytes(files: Readonly<Record<string, string>>): Uint8Array {
  return canonicalBytes({ format: 'croft/bundle-on-swarm/1', files } satisfies SwarmIndex);
}

/** The index, or null: not JSON, of another form, or without one of the files. */
export function readSwarmIndex(bytes: Uint8Array): SwarmIndex | null {
  try {
    const index = swarmIndex.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return swarmFiles.every((name) => Object.hasOwn(index.files, name)) ? index : null;
  } catch {
    return null;
  }
}
