import { Bee } from '#libs/bee';
import {
  type BundleSource,
  MANIFEST_BYTES,
  readSwarmIndex,
  SWARM_INDEX_BYTES,
  type SwarmIndex,
} from '#libs/bundle';
import { bytesToHex } from '#libs/protocol';
import { fileRoot } from '#libs/swarm';
import { ClientError } from '../client-error.js';

/** A Bee node on this machine. */
export const LOCAL_BEE = 'http://127.0.0.1:1633';

/**
 * A bundle on Swarm: `bzz://<reference>`, read through a Bee node or a gateway that need not be trusted. Index and
 * manifest are seen to have the roots they are named by; the manifest names the hash of everything else.
 */
export function swarmSource(where: string, beeUrl: string): BundleSource {
  const reference = /^bzz:\/\/([0-9a-f]{64})\/?$/.exec(where)?.[1];
  if (!reference) throw new ClientError('bundle_unreadable', `${where}: not bzz:// and 64 hex digits`);
  const bee = new Bee(beeUrl);
  let index: Promise<SwarmIndex> | undefined;
  const named = async (name: string): Promise<string> => {
    index ??= whole(bee, reference, SWARM_INDEX_BYTES).then((bytes) => {
      const found = readSwarmIndex(bytes);
      if (!found) throw new ClientError('bundle_unreadable', `${where}: not the index of a bundle`);
      return found;
    });
    return (await index).files[name]!;
  };
  return {
    manifest: async () => whole(bee, await named('manifest.json'), MANIFEST_BYTES),
    async *file(name) {
      yield* bee.download(await named(name));
    },
  };
}

async function whole(bee: Bee, reference: string, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bee.download(reference)) {
    parts.push(part);
    length += part.length;
    if (length > most) throw new ClientError('bundle_unreadable', `${reference}: too large`);
  }
  const bytes = Buffer.concat(parts);
  if (bytesToHex(fileRoot(bytes)) !== reference)
    throw new ClientError('bundle_unreadable', `${reference}: ${bee.url} gave something else`);
  return bytes;
}
