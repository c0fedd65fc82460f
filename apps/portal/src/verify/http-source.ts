import { type BundleSource, MANIFEST_BYTES } from '#libs/bundle';

/** The bundle could not be read; says nothing about whether it is sound. */
export class UnreadableBundle extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableBundle';
  }
}

/**
 * A bundle behind a URL, as the center and mirrors publish it: `…/<campaign>/<epoch>`, with or without
 * `/manifest.json`. `read` hears of every piece. Errors: UnreadableBundle.
 */
export function httpSource(url: string, read: (bytes: number) => void = () => {}): BundleSource {
  const base = url.replace(/\/(manifest\.json)?$/, '');
  const open = async (name: string) => {
    const address = `${base}/${name}`;
    const response = await fetch(address).catch((cause: unknown) => {
      throw new UnreadableBundle(address, { cause });
    });
    if (!response.ok || !response.body) throw new UnreadableBundle(`${address}: HTTP ${response.status}`);
    return { address, reader: response.body.getReader() };
  };
  async function* pieces(name: string) {
    const { address, reader } = await open(name);
    try {
      for (;;) {
        // not `for await`: Safari has no iterator on streams
        const { done, value } = await reader.read().catch((cause: unknown) => {
          throw new UnreadableBundle(address, { cause });
        });
        if (done) return;
        read(value.length);
        yield value;
      }
    } finally {
      await reader.cancel().catch(() => {});
    }
  }
  return {
    async manifest() {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let bytes = 0;
      for await (const part of pieces('manifest.json')) {
        parts.push(part);
        bytes += part.length;
        if (bytes > MANIFEST_BYTES) throw new UnreadableBundle(`${base}/manifest.json: too large`);
      }
      return new Uint8Array(await new Blob(parts).arrayBuffer());
    },
    file: pieces,
  };
}
