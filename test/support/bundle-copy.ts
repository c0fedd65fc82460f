import { type BundleSource, fileNames, publishedName } from '#libs/bundle';

/** A bundle in memory, byte by byte in the test's hand. */
export class BundleCopy implements BundleSource {
  constructor(readonly files: ReadonlyMap<string, Uint8Array>) {}

  static async of(source: BundleSource): Promise<BundleCopy> {
    const files = new Map([['manifest.json', await source.manifest()]]);
    for (const name of fileNames.map(publishedName)) {
      const parts: Uint8Array[] = [];
      for await (const part of source.file(name)) parts.push(part);
      files.set(name, Buffer.concat(parts));
    }
    return new BundleCopy(files);
  }

  with(name: string, bytes: Uint8Array): BundleCopy {
    return new BundleCopy(new Map(this.files).set(name, bytes));
  }

  async manifest() {
    return this.files.get('manifest.json')!;
  }

  async *file(name: string) {
    yield this.files.get(name)!;
  }
}
