export class BundleItem {
  epochIndex: number;
  /** What the next bundle and payout roots know it by, hex. */
  manifestHash: string;
  /** Size of all files, compressed. */
  bytes: number;
  /** Where it also lies on Swarm, 32 bytes hex (`croft verify bzz://…`); null: not there. */
  swarmReference: string | null;
  at: string;
}

export class BundlesAnswer {
  items: BundleItem[];
}
