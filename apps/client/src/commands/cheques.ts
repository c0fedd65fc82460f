import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatUnits } from 'ethers';
import { z } from 'zod';
import { ChequeError, parseCheque, renderCheque, type SignedCheque } from '#libs/settlement';
import { ClientError } from '../client-error.js';
import { dataFolder } from '../state/data-folder.js';
import { loadNode } from '../state/node-state.js';
import { callCenter } from './center-call.js';
import type { CommandIo } from './io.js';
import { parseCenterUrl } from './pairing.js';

export interface ChequesOptions {
  account: string;
  out?: string;
  data?: string;
  json?: boolean;
}

/** 200 cheques, each with what the center says of it. */
const ANSWER_BYTES = 2 ** 20;

const amount = z.string().regex(/^\d{1,78}$/);
const item = z.object({
  campaignName: z.string(),
  token: z.object({ symbol: z.string(), decimals: z.number().int().min(0).max(77) }),
  number: z.number().int(),
  cashed: amount,
  uncashed: amount,
  state: z.enum(['issued', 'partly_cashed', 'cashed', 'bounced']),
  onChain: z.object({ covered: z.boolean(), bounced: z.boolean(), readAt: z.string() }).nullable(),
  file: z.unknown(),
});
const answer = z.object({ items: z.array(item) });
type Found = z.infer<typeof item> & { cheque: SignedCheque };

/**
 * `croft cheques list`: what a center says of an address' cheques; each must bear its issuer's signature. Returns
 * whether there are any. Errors: cheques_options_invalid, url_invalid, cheque_unreadable, cheque_not_signed, those of
 * `callCenter`.
 */
export async function listCheques(
  center: string | undefined,
  options: ChequesOptions,
  io: CommandIo,
): Promise<boolean> {
  const found = await chequesOf(center, options, io);
  if (options.json) {
    const cheques = found.map(({ file: _, cheque, ...rest }) => ({
      ...rest,
      cheque: { ...cheque, cumulativePayout: `${cheque.cumulativePayout}` },
    }));
    io.out(JSON.stringify({ ok: true, cheques }));
  } else if (found.length === 0) io.out(io.speak('cheques_none', { account: options.account }));
  else for (const one of found) tell(one, io);
  return found.length > 0;
}

/** `croft cheques get`: writes each cheque to a file of its own. Returns and rejects as `listCheques`. */
export async function getCheques(
  center: string | undefined,
  options: ChequesOptions,
  io: CommandIo,
): Promise<boolean> {
  const found = await chequesOf(center, options, io);
  const folder = options.out ?? '.';
  const files: string[] = [];
  if (found.length > 0) await mkdir(folder, { recursive: true });
  for (const { cheque, number, token } of found) {
    const file = join(folder, `cheque-${cheque.chequebook.slice(2, 10).toLowerCase()}-${number}.json`);
    await writeFile(file, renderCheque(cheque));
    files.push(file);
    const text = `${formatUnits(cheque.cumulativePayout, token.decimals)} ${token.symbol}`;
    if (!options.json) io.out(io.speak('cheques_written', { file, amount: text }));
  }
  if (options.json) io.out(JSON.stringify({ ok: true, files }));
  else if (found.length === 0) io.out(io.speak('cheques_none', { account: options.account }));
  return found.length > 0;
}

async function chequesOf(
  center: string | undefined,
  { account, data }: ChequesOptions,
  io: CommandIo,
): Promise<Found[]> {
  if (!/^0x[0-9a-fA-F]{40}$/.test(account)) throw new ClientError('cheques_options_invalid', account);
  const url = center ? parseCenterUrl(center) : (await loadNode(dataFolder(data, io.env)))?.centerUrl;
  if (!url) throw new ClientError('not_joined');
  const { items } = await callCenter(`${url}/api/cheques/${account}`, answer, ANSWER_BYTES);
  return items.map((one) => {
    const cheque = readCheque(JSON.stringify(one.file), `${url}/api/cheques/${account}`);
    // what is somebody else's is of no use here, and not what was asked for
    if (cheque.beneficiary.toLowerCase() !== account.toLowerCase())
      throw new ClientError('cheque_not_yours', cheque.beneficiary);
    return { ...one, cheque };
  });
}

/** @param where for people. Errors: cheque_unreadable, cheque_not_signed */
export function readCheque(text: string, where: string): SignedCheque {
  try {
    return parseCheque(text);
  } catch (cause) {
    if (!(cause instanceof ChequeError)) throw cause;
    const code = cause.code === 'cheque_not_signed' ? 'cheque_not_signed' : 'cheque_unreadable';
    throw new ClientError(code, `${where}: ${cause.message}`, { cause });
  }
}

function tell(
  { cheque, token, campaignName, number, cashed, uncashed, state, onChain }: Found,
  io: CommandIo,
): void {
  const text = (units: string | bigint) => `${formatUnits(units, token.decimals)} ${token.symbol}`;
  io.out(
    io.speak('cheques_item', {
      campaign: campaignName,
      amount: text(cheque.cumulativePayout),
      cashed: text(cashed),
      uncashed: text(uncashed),
      state: io.speak(`cheque_state_${state}`),
      number,
      chequebook: cheque.chequebook,
    }),
  );
  if (!onChain) io.out(io.speak('cheques_unread'));
  else if (!onChain.covered) io.out(io.speak('cheques_uncovered', { at: onChain.readAt }));
  if (onChain?.bounced) io.out(io.speak('cheques_bounced'));
}
