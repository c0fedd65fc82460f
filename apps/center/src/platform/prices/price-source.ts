import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CenterConfig } from '../config.js';

/** Injection token; null when the operator named no source. */
export const PRICE_SOURCE = Symbol('PRICE_SOURCE');

/** What whole coins and tokens cost now. */
export interface PriceTable {
  /** ISO 4217, or a name of the operator's. */
  readonly currency: string;
  /** Decimal digits, by asset: `<chain id>` for the chain's own coin, `<chain id>:<token address>` for a token. */
  readonly prices: Readonly<Record<string, string>>;
}

/** Where prices come from. Rejects when there are none to be had now; nothing may wait for it. */
export interface PriceSource {
  read(): Promise<PriceTable>;
}

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 2 ** 20;
const decimal = z.string().regex(/^(0|[1-9]\d{0,17})(\.\d{1,18})?$/, 'a decimal number of at most 18 places');
const table = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3,8}$/),
  prices: z.record(z.string().regex(/^[1-9]\d{0,9}(:0x[0-9a-fA-F]{40})?$/), decimal),
});

/** Lower case, so that an address may be written either way. */
export function readPriceTable(text: string): PriceTable {
  const { currency, prices } = table.parse(JSON.parse(text));
  const entries = Object.entries(prices).map(([asset, price]) => [asset.toLowerCase(), price]);
  return { currency, prices: Object.fromEntries(entries) };
}

/** The source the configuration names: PRICES_FILE or PRICES_URL, both of the form of a PriceTable. None by default. */
export function openPriceSource({ PRICES_FILE, PRICES_URL }: CenterConfig): PriceSource | null {
  if (PRICES_FILE) return { read: async () => readPriceTable(await readFile(PRICES_FILE, 'utf8')) };
  return PRICES_URL ? { read: async () => readPriceTable(await fetchBounded(PRICES_URL)) } : null;
}

async function fetchBounded(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
  if (!answer.ok) throw new Error(`the price source answers ${answer.status}`);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of answer.body ?? []) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new Error('the price source answers with too much');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
