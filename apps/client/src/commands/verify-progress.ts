import {
  type BundleSource,
  readManifestBy,
  type SignatureBatch,
  type VerifyOptions,
  type VerifyStep,
} from '#libs/bundle';
import type { CommandIo } from './io.js';

/** Nobody reads faster. */
const EVERY_MS = 100;

type Watched = Pick<VerifyOptions, 'progress'> & { source: BundleSource };

/**
 * A bundle whose verification is told on the terminal's own line: what is being redone, and how much of what the manifest
 * names was read. Errors: those of reading the manifest.
 */
export async function watchedSource(
  source: BundleSource,
  signatures: SignatureBatch,
  { line, speak }: CommandIo,
): Promise<Watched> {
  if (!line) return { source };
  const first = await source.manifest();
  const { manifest } = await readManifestBy(first, signatures);
  const all = manifest.files.flatMap(({ parts }) => parts).reduce((sum, { bytes }) => sum + bytes, 0);
  let step: VerifyStep = 'manifest';
  let read = 0;
  let told = Number.NEGATIVE_INFINITY;
  const tell = () => {
    told = performance.now();
    const percent = Math.floor((100 * read) / Math.max(1, all));
    line.show(speak('verify_progress', { step: speak(`verify_step_${step}`), percent }));
  };
  return {
    source: {
      manifest: async () => first,
      async *file(name) {
        for await (const piece of source.file(name)) {
          read += piece.length;
          if (performance.now() - told > EVERY_MS) tell();
          yield piece;
        }
      },
    },
    progress: (next) => {
      step = next;
      tell();
    },
  };
}
