import { decodeRevert } from './contract-interfaces.js';
import { ChainError, type ChainErrorCode } from './errors.js';

interface RpcFault {
  code?: number;
  message?: string;
  data?: unknown;
}

/** Words of geth, erigon, nethermind, besu, reth and anvil for the same refusals; the first that fits counts. */
const refusals: readonly [RegExp, ChainErrorCode][] = [
  [/already known|already imported|known transaction|alreadyknown/i, 'already_known'],
  [/nonce (is )?too low|nonce.*already.*used|oldnonce|invalid nonce/i, 'nonce_used'],
  [
    /replacement.*(underpriced|too low)|underpriced.*replace|replacementnotallowed/i,
    'replacement_underpriced',
  ],
  [/insufficient funds|insufficient balance|insufficientfunds/i, 'insufficient_funds'],
  [/underpriced|max fee per gas less than block base fee|fee ?too ?low|feetoolow/i, 'fee_too_low'],
  [/revert/i, 'would_revert'],
  [/header not found|unknown block|block.*not found|missing trie node|out of range/i, 'block_unknown'],
];

/** Largest answer read; a receipt of 512 transfers has about 400 kB. */
const MAX_ANSWER_BYTES = 32 * 2 ** 20;

/**
 * Sends one JSON-RPC request. Plain fetch instead of ethers' provider: no background polling, no silent retries, and a
 * time limit that really ends the request.
 * @throws ChainError
 */
export async function rpcRequest(
  url: string,
  method: string,
  params: readonly unknown[],
  timeoutMs: number,
): Promise<unknown> {
  let text: string;
  let status: number;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.status;
    text = await readBounded(answer);
  } catch (cause) {
    throw new ChainError('chain_unreachable', `${method}: no answer from the chain`, undefined, { cause });
  }
  const body = parseBody(text);
  if (body === null)
    throw new ChainError('chain_unreachable', `${method}: HTTP ${status}, no JSON-RPC answer`);
  if (body.error) throw toChainError(method, body.error);
  return body.result;
}

async function readBounded(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of answer.body ?? []) {
    bytes += piece.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error('the answer is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parseBody(text: string): { result?: unknown; error?: RpcFault } | null {
  try {
    const body: unknown = JSON.parse(text);
    const known = typeof body === 'object' && body !== null && ('result' in body || 'error' in body);
    return known ? (body as { result?: unknown; error?: RpcFault }) : null;
  } catch {
    return null;
  }
}

function toChainError(method: string, fault: RpcFault): ChainError {
  const words = fault.message ?? 'refused';
  const data = revertData(fault.data);
  if (data) {
    const revert = decodeRevert(data);
    return new ChainError('would_revert', `${method}: ${revert.name}(${revert.args.join(', ')})`, revert);
  }
  const code = refusals.find(([pattern]) => pattern.test(words))?.[1] ?? 'rpc_refused';
  return new ChainError(code, `${method}: ${words}`);
}

function revertData(data: unknown): string | null {
  if (typeof data === 'string' && /^0x[0-9a-fA-F]{8,}$/.test(data)) return data;
  if (typeof data === 'object' && data !== null && 'data' in data) return revertData(data.data);
  return null;
}
