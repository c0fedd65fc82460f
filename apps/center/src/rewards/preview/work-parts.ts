import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type {
  AcceptedPlot,
  AccountFacts,
  BeeWork,
  Caps,
  HeldPart,
  SettledPart,
  StorageWork,
} from '#libs/ruleset';

/** Storage works in one part, and most that a part may unpack to. */
const WORKS_A_PART = 5_000;
const PART_BYTES = 64 * 1024 * 1024;

const pack = promisify(gzip);

/** An epoch as it was closed, less its prices. */
export interface WorkedEpoch {
  epochIndex: number;
  /** Milliseconds since 1970. */
  startsAt: number;
  endsAt: number;
  caps: Caps;
  /** Base units: what could be promised then, what was, and what was forfeited. */
  available: bigint;
  accrued: bigint;
  forfeits: bigint;
  accounts: Record<string, AccountFacts>;
  accepted: AcceptedPlot[];
  maturing: HeldPart[];
  forfeited: HeldPart[];
  settled: SettledPart[];
  bees: BeeWork[];
  storage: StorageWork[];
}

/** What epochs of ruleset-1 were kept without. */
type Later = 'settled' | 'bees';

type Wire<T> = T extends bigint ? string : T extends object ? { [K in keyof T]: Wire<T[K]> } : T;

/** The parts of an epoch: the first says everything but storage, which follows. */
export async function partsOf({ storage, ...head }: WorkedEpoch): Promise<Buffer[]> {
  const parts: unknown[] = [head];
  for (let i = 0; i < storage.length; i += WORKS_A_PART) parts.push(storage.slice(i, i + WORKS_A_PART));
  return Promise.all(
    parts.map((part) =>
      pack(
        JSON.stringify(part, (_, value) => (typeof value === 'bigint' ? value.toString() : value)),
        {
          level: 1,
        },
      ),
    ),
  );
}

/** The epoch of its parts, in order. */
export function epochOf(parts: readonly Uint8Array[]): WorkedEpoch {
  const [head, ...storage] = parts.map(
    (part) => JSON.parse(gunzipSync(part, { maxOutputLength: PART_BYTES }).toString()) as unknown,
  ) as [
    Wire<Omit<WorkedEpoch, 'storage' | Later> & Partial<Pick<WorkedEpoch, Later>>>,
    ...Wire<StorageWork>[][],
  ];
  const { caps, available, accrued, forfeits, maturing, forfeited, settled = [], bees = [], ...rest } = head;
  return {
    ...(rest as Pick<WorkedEpoch, 'epochIndex' | 'startsAt' | 'endsAt' | 'accounts' | 'accepted'>),
    caps: {
      perAccount: amountOf(caps.perAccount),
      perCluster: amountOf(caps.perCluster),
      referralPerAccount: amountOf(caps.referralPerAccount),
    },
    available: BigInt(available),
    accrued: BigInt(accrued),
    forfeits: BigInt(forfeits),
    maturing: maturing.map((part) => ({ ...part, amount: BigInt(part.amount) })),
    forfeited: forfeited.map((part) => ({ ...part, amount: BigInt(part.amount) })),
    settled: settled.map((part) => ({ ...part, amount: BigInt(part.amount) })),
    bees: bees.map((work) => ({ ...work, plur: BigInt(work.plur), sharedMs: BigInt(work.sharedMs) })),
    storage: storage.flatMap((works) =>
      works.map((work) => ({ ...work, whole: BigInt(work.whole), counted: BigInt(work.counted) })),
    ),
  };
}

const amountOf = (text: string | null) => (text === null ? null : BigInt(text));
