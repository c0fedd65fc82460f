import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BundleSource, MANIFEST_BYTES } from '#libs/bundle';
import { ClientError } from '../client-error.js';
import { LOCAL_BEE, swarmSource } from './swarm-source.js';

/** A bundle in a folder: manifest.json and its files beside it. `path` may name the folder or the manifest. */
export function folderSource(path: string): BundleSource {
  const folder = path.endsWith('manifest.json') ? dirname(path) : path;
  return {
    manifest: () => readFile(join(folder, 'manifest.json')).catch((cause) => refuse(folder, cause)),
    file: (name) => createReadStream(join(folder, name)),
  };
}

/** A bundle behind a URL, as the center publishes it: `…/api/bundles/<campaign>/<epoch>`. */
export function httpSource(url: string): BundleSource {
  const base = url.replace(/\/(manifest\.json)?$/, '');
  const open = async (name: string) => {
    const address = `${base}/${name}`;
    const response = await fetch(address).catch((cause) => refuse(address, cause));
    if (!response.ok || !response.body)
      throw new ClientError('bundle_unreadable', `${address}: ${response.status}`);
    return response.body;
  };
  return {
    async manifest() {
      const parts: Uint8Array[] = [];
      let bytes = 0;
      for await (const part of await open('manifest.json')) {
        parts.push(part);
        bytes += part.length;
        if (bytes > MANIFEST_BYTES) throw new ClientError('bundle_unreadable', `${base}: too large`);
      }
      return Buffer.concat(parts);
    },
    async *file(name) {
      yield* await open(name);
    },
  };
}

/** A folder, a URL or a reference on Swarm, by how it is written; `beeUrl` says which Bee reads the last. */
export function sourceOf(where: string, beeUrl: string = LOCAL_BEE): BundleSource {
  if (where.startsWith('bzz:')) return swarmSource(where, beeUrl);
  return /^https?:\/\//.test(where) ? httpSource(where) : folderSource(where);
}

function refuse(where: string, cause: unknown): never {
  const text = cause instanceof Error ? cause.message : String(cause);
  throw new ClientError('bundle_unreadable', `${where}: ${text}`, { cause });
}
