import { z } from 'zod';
import { type BundleSource, publishedName } from '#libs/bundle';
import { type ChainReader, type Claimable, readClaimable, readContract } from '#libs/claims';
import { httpSource, UnreadableBundle } from '../verify/http-source.js';

/** The three files a claim needs. */
export const neededFiles = ['manifest.json', publishedName('policy'), publishedName('tree')];

/** A bundle of files that somebody opened. Errors: UnreadableBundle. */
export function openedSource(files: readonly File[]): BundleSource {
  const find = (name: string) => {
    const found = files.find((file) => file.name === name);
    if (!found) throw new UnreadableBundle(name);
    return found.arrayBuffer().then((bytes) => new Uint8Array(bytes));
  };
  return {
    manifest: () => find('manifest.json'),
    async *file(name) {
      yield await find(name);
    },
  };
}

const list = z.object({
  items: z.array(
    z.object({
      epochIndex: z.number().int().min(0),
      manifestHash: z.string(),
      swarmReference: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullish(),
    }),
  ),
});

/** A bundle to claim from, and where on Swarm it lies; null: not there, undefined: not known. */
export interface FoundBundle {
  claimable: Claimable;
  swarmReference: string | null | undefined;
}

/**
 * The bundle behind an address: one epoch's, or, of a campaign's list, the one that the contract names. Errors:
 * UnreadableBundle, BundleFault, ClaimError, WalletError.
 */
export async function bundleAt(url: string, chain: ChainReader): Promise<FoundBundle> {
  const base = url.replace(/\/(manifest\.json)?$/, '');
  if (/\/\d+$/.test(base) || url.endsWith('manifest.json'))
    return { claimable: await readClaimable(httpSource(base)), swarmReference: undefined };
  const response = await fetch(base).catch((cause: unknown) => {
    throw new UnreadableBundle(base, { cause });
  });
  const { data } = list.safeParse(response.ok ? await response.json().catch(() => null) : null);
  const newest = data?.items[0];
  if (!newest) throw new UnreadableBundle(`${base}: HTTP ${response.status}`);
  const first = await readClaimable(httpSource(`${base}/${newest.epochIndex}`));
  // there is no contract to ask; what follows says so
  if (first.campaign.payoutKind === 'cheques') return { claimable: first, swarmReference: undefined };
  const { dataHash } = await readContract(chain, first.campaign.payoutContract);
  const named = data.items.find(({ manifestHash }) => manifestHash === dataHash) ?? newest;
  const claimable = named === newest ? first : await readClaimable(httpSource(`${base}/${named.epochIndex}`));
  return { claimable, swarmReference: named.swarmReference };
}
