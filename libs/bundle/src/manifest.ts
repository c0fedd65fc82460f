import { z } from 'zod';
import { canonicalBytes, contentHash, hexOf, sign, verify } from '#libs/protocol';
import { type FileName, fileNames } from './records.js';

export const FORMAT = 'croft/bundle/1';
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
  format: z.literal(FORMAT),
  campaignId: z.uuid(),
  epochIndex: count,
  ruleset: z.strictObject({ id: z.string(), codeHash: hexOf(32) }),
  /** manifestHash of the bundle before this one; null for the first. */
  previous: hexOf(32).nullable(),
  /** Ed25519 key of the center, hex. */
  centerPublicKey: hexOf(32),
  files: z.array(fileEntry).length(fileNames.length),
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

/** Reads manifest.json, or says what is wrong with it. */
export function readManifest(bytes: Uint8Array): SignedManifest | string {
  if (bytes.length > MANIFEST_BYTES) return `it has ${bytes.length} bytes, more than a manifest may have`;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'it is not JSON';
  }
  const parsed = signedManifest.safeParse(value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    return `${path.join('.') || 'it'}: ${message}`;
  }
  const canonical = manifestBytes(parsed.data);
  if (canonical.length !== bytes.length || !canonical.every((byte, i) => byte === bytes[i])) {
    return 'it is not in canonical form';
  }
  const names = parsed.data.manifest.files.map((file) => file.name);
  if (names.join() !== fileNames.join()) return 'it does not name the files of a bundle in their order';
  return isSigned(parsed.data) ? parsed.data : 'its signature does not fit the key and the content';
}
