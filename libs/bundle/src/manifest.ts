import { z } from 'zod';
import { canonicalBytes, contentHash, hexOf, sign, verify } from '#libs/protocol';
import { BundleFault } from './fault.js';
import type { FaultReason, FaultValues } from './fault-words.js';
import { type FileName, fileNames, fileNamesOf, formats } from './records.js';
import type { SignatureBatch } from './verify/signatures.js';

/** A manifest beyond this is not read. */
export const MANIFEST_BYTES = 4 * 1024 * 1024;

const count = z.number().int().min(0);

/** One zstd frame. The frames of a file lie one after another. */
const part = z.strictObject({
  /** Compressed. */
  bytes: count,
  /** Uncompressed. */
  plainBytes: count,
  /** SHA-256 of the frame, hex. */
  sha256: hexOf(32),
});
export type Part = z.infer<typeof part>;

const fileEntry = z.strictObject({
  name: z.enum(fileNames as [FileName, ...FileName[]]),
  lines: count,
  plainBytes: count,
  /** SHA-256 of the uncompressed lines, hex. */
  sha256: hexOf(32),
  parts: z.array(part).max(100_000),
});
export type FileEntry = z.infer<typeof fileEntry>;

export const manifest = z.strictObject({
  format: z.enum(formats),
  campaignId: z.uuid(),
  epochIndex: count,
  ruleset: z.strictObject({ id: z.string(), codeHash: hexOf(32) }),
  /** manifestHash of the bundle before this one; null for the first. */
  previous: hexOf(32).nullable(),
  /** Ed25519 key of the center, hex. */
  centerPublicKey: hexOf(32),
  files: z.array(fileEntry).max(fileNames.length),
  tree: z.strictObject({
    /** 0x and 32 bytes; null while nobody is due anything. */
    root: z
      .string()
      .regex(/^0x[0-9a-f]{64}$/)
      .nullable(),
    totalUnits: z.string().regex(/^(0|[1-9]\d*)$/),
  }),
});
export type Manifest = z.infer<typeof manifest>;

export const signedManifest = z.strictObject({ manifest, signature: hexOf(64) });
export type SignedManifest = z.infer<typeof signedManifest>;

/** What later bundles, and payout roots, know a bundle by; hex. */
export const manifestHash = (content: Manifest): string => contentHash('croft/bundle/1', content);

export function signManifest(content: Manifest, secretKey: string): SignedManifest {
  return { manifest: content, signature: sign('croft/bundle/1', content, secretKey) };
}

export const isSigned = ({ manifest: content, signature }: SignedManifest): boolean =>
  verify('croft/bundle/1', content, signature, content.centerPublicKey);

/** The bytes of manifest.json: canonical JSON (RFC 8785) and nothing else. */
export const manifestBytes = (signed: SignedManifest): Uint8Array => canonicalBytes(signed);

const fault = (reason: FaultReason, values?: FaultValues) =>
  new BundleFault('manifest', 'manifest.json', reason, values);

/** Reads manifest.json. Throws BundleFault `manifest`. */
export function readManifest(bytes: Uint8Array): SignedManifest {
  const signed = parseManifest(bytes);
  if (!isSigned(signed)) throw fault('not_signed');
  return signed;
}

/** As readManifest, the signature checked by a platform's own cryptography. Rejects with BundleFault `manifest`. */
export async function readManifestBy(bytes: Uint8Array, check: SignatureBatch): Promise<SignedManifest> {
  const signed = parseManifest(bytes);
  const { manifest: content, signature } = signed;
  const hash = manifestHash(content);
  if ((await check([{ hash, signature, publicKey: content.centerPublicKey }])) !== null) {
    throw fault('not_signed');
  }
  return signed;
}

function parseManifest(bytes: Uint8Array): SignedManifest {
  if (bytes.length > MANIFEST_BYTES) throw fault('manifest_too_large', { bytes: bytes.length });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw fault('not_json');
  }
  const parsed = signedManifest.safeParse(value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw fault('not_of_its_form', { where: path.join('.'), problem: message });
  }
  const canonical = manifestBytes(parsed.data);
  if (canonical.length !== bytes.length || !canonical.every((byte, i) => byte === bytes[i])) {
    throw fault('not_canonical');
  }
  const { files, format } = parsed.data.manifest;
  const names = files.map((file) => file.name);
  if (names.join() !== fileNamesOf(format).join()) throw fault('other_files');
  return parsed.data;
}
