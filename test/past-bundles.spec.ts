import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyBundle } from '#libs/bundle';
import { rulesets } from '#libs/ruleset';
import { nativeSha256, nativeSignatures, proofCheck } from '../apps/client/src/bundles/native-checks.js';
import { BundleCopy } from './support/bundle-copy.js';

/**
 * Epochs that a center closed and signed when their ruleset was new, one after the other. They are kept, never made
 * anew: whatever changes, they must recompute to the same lines and roots.
 */
const folder = join(import.meta.dirname, 'past-bundles');
/** Kinds of lines that are in each. */
const wanted: Record<string, string[]> = {
  'ruleset-1.json': ['plotting', 'plotting-held', 'plotting-release', 'storage'],
  'ruleset-2-bee-nodes.json': ['bee-node'],
  'ruleset-2-campaign-end.json': [
    'plotting',
    'plotting-forfeit',
    'plotting-held',
    'plotting-release',
    'storage',
  ],
};
const past = readdirSync(folder).map((file) => {
  const epochs = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>[];
  const copies = epochs.map(
    (files) =>
      new BundleCopy(
        new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text, 'base64')])),
      ),
  );
  return [file, copies] as const;
});

test.each(past)('%s recomputes by its own ruleset, with every proof', async (file, epochs) => {
  const kinds = new Set<string>();
  for (const [i, bundle] of epochs.entries()) {
    const previous = i === 0 ? undefined : epochs[i - 1]!;
    const checks = { proof: proofCheck, signatures: nativeSignatures, newHash: nativeSha256 };
    const { manifest, lines } = await verifyBundle(bundle, { proofs: 'all', previous, ...checks });
    expect(file.startsWith(manifest.ruleset.id)).toBe(true);
    for (const { kind } of lines) kinds.add(kind);
  }
  expect([...kinds].sort()).toEqual(wanted[file]);
});

test('there are some of every ruleset', () => {
  for (const id of Object.keys(rulesets)) expect(past.some(([file]) => file.startsWith(id))).toBe(true);
});
