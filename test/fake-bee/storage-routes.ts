import { parseSingleOwnerChunk, type StampIssuer, singleOwnerAddress } from '#libs/swarm';
import { type Answer, type Call, created, invalid, ok, refusal } from './answer.js';
import { bytesOf, hexOf } from './hex.js';
import { findFile, putManifest } from './manifest.js';
import type { FakeNode, Tag } from './node.js';
import type { Routes } from './routes.js';
import { nowNs, stamped } from './stamp-routes.js';

const CHUNK_DATA_MAX = 4096 + 8;

/**
 * Chunks and files: bee pkg/api/{chunk,bytes,bzz}.go. Files have no redundancy here, as on a real node with
 * `Swarm-Redundancy-Level: 0`; without that header a real node's root differs.
 */
export function storageRoutes(node: FakeNode): Routes {
  const { store } = node;
  return {
    'POST /chunks': async (call) => {
      const data = await call.body();
      if (data.length < 8) return refusal(400, 'insufficient data length');
      const owned =
        data.length > CHUNK_DATA_MAX || call.query.has('soc') ? parseSingleOwnerChunk(data) : null;
      if (data.length > CHUNK_DATA_MAX && !owned) return refusal(500, 'create chunk error');
      return upload(node, call, (keep) => {
        if (owned) {
          const address = singleOwnerAddress(owned.identifier, owned.owner);
          store.put(address, { span: owned.span, payload: owned.payload, data });
          keep(address);
          return address;
        }
        const span = Buffer.from(data).readBigUInt64LE();
        const address = store.putContent(span, data.slice(8));
        keep(address);
        return address;
      });
    },
    'GET /chunks/{address}': ({ params }) =>
      withAddress(params.address, (address) => {
        const chunk = store.get(address);
        return chunk ? { status: 200, bytes: chunk.data } : refusal(404, 'chunk not found');
      }),
    'HEAD /chunks/{address}': ({ params }) =>
      withAddress(params.address, (address) =>
        store.has(address) ? ok({ code: 200, message: 'OK' }) : refusal(404, 'Not Found'),
      ),
    'POST /bytes': async (call) => {
      const file = await call.body();
      return upload(node, call, (keep) => store.putFile(file, keep));
    },
    'GET /bytes/{address}': ({ params }) =>
      withAddress(params.address, (address) => download(node, address, {})),
    'POST /bzz': async (call) => {
      const file = await call.body();
      const contentType = call.headers['content-type'] ?? 'application/octet-stream';
      return upload(node, call, (keep) => {
        const reference = store.putFile(file, keep);
        const name = call.query.get('name') ?? hexOf(reference);
        return putManifest(store, { reference, name, contentType }, keep);
      });
    },
    'GET /bzz/{address}': ({ params }) => ({
      status: 301,
      json: null,
      headers: { Location: `/bzz/${params.address}/` },
    }),
    'GET /bzz/{address}/{path*}': ({ params }) =>
      withAddress(params.address, (address) => {
        if (!store.has(address)) return refusal(404, 'Not Found');
        const file = findFile(store, address, params.path ?? '');
        if (!file) return refusal(404, 'address not found or incorrect');
        return download(node, file.reference, {
          'Content-Type': file.contentType,
          'Content-Disposition': `inline; filename="${file.name}"`,
        });
      }),
  };
}

/** Keeps chunks under a tag and stamps each; answers with the root's reference. */
function upload(
  node: FakeNode,
  call: Call,
  put: (keep: (address: Uint8Array) => void) => Uint8Array,
): Answer {
  return stamped(node, call, (issuer: StampIssuer) => {
    const wanted = call.headers['swarm-tag'];
    const tag: Tag | undefined = wanted === undefined ? node.newTag() : node.tags.get(Number(wanted));
    if (!tag) return refusal(404, 'tag not found');
    const reference = put((address) => {
      issuer.stamp(address, nowNs());
      tag.chunks++;
    });
    tag.address = hexOf(reference);
    return created({ reference: hexOf(reference) }, { 'Swarm-Tag': String(tag.uid) });
  });
}

function download({ store }: FakeNode, address: Uint8Array, headers: Record<string, string>): Answer {
  const file = store.file(address);
  return file ? { status: 200, bytes: file, headers } : refusal(404, 'Not Found');
}

function withAddress(text: string | undefined, answer: (address: Uint8Array) => Answer): Answer {
  const address = bytesOf(text, 32);
  return address ? answer(address) : invalid('path', 'address', 'invalid address');
}
