export class BundleItem {
  epochIndex: number;
  /** What the next bundle and payout roots know it by, hex. */
  manifestHash: string;
  /** Size of all files, compressed. */
  bytes: number;
  at: string;
}

export class BundlesAnswer {
  items: BundleItem[];
}
