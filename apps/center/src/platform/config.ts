import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AUDIT_CHUNKS } from '#libs/protocol';
import { CHUNK_BYTES } from '#libs/swarm';
import { keyProblems } from './key-settings.js';

const roles = ['api', 'audit', 'reward', 'payout'] as const;

const evmAddress = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'an EVM address');

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  PUBLIC_URL: z.url().optional(),
  /** Reverse proxies in front, whose X-Forwarded-For is believed; limits count callers by their address. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  CENTER_NAME: z.string().min(1).max(60).default('Croft'),
  CENTER_ROLES: z
    .string()
    .default(roles.join(','))
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles))),
  CROFT_DATA: z.string().default('.croft'),
  DATABASE_URL: z.url().optional(),
  /** Chia: the operator's farmer key, and where pool rewards of contributors' plots go. */
  FARMER_PUBLIC_KEY: z.string().regex(/^[0-9a-f]{96}$/, '48 bytes of lower-case hex'),
  CHIA_OBSERVER_KEY: z
    .string()
    .regex(/^[0-9a-f]{96}$/, '48 bytes of lower-case hex')
    .optional(),
  POOL_CONTRACT_ADDRESS: z
    .string()
    .regex(/^t?xch1[a-z0-9]+$/)
    .optional(),
  /** The EVM chain payouts are made on: a node, or up to five with commas between; two are asked where it matters. */
  CHAIN_RPC_URL: z
    .string()
    .transform((text) => text.split(',').map((url) => url.trim()))
    .pipe(z.array(z.url()).min(1).max(5)),
  CHAIN_ID: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  CHAIN_NAME: z.string().default('EVM'),
  CHAIN_EXPLORER_URL: z.url().optional(),
  /** `finalized`, or the number of confirmations after which a block is taken for final. */
  CHAIN_FINALITY: z
    .union([z.literal('finalized'), z.coerce.number().int().min(1).max(10_000)])
    .default('finalized'),
  /** JSON file of further chains that campaigns may pay on; see chains.ts. */
  CHAINS_FILE: z.string().optional(),
  /** Prices of tokens and coins, for fee shares and statements: a JSON file or the address of one; none by default. */
  PRICES_FILE: z.string().optional(),
  PRICES_URL: z.url().optional(),
  /** Of the role payout alone: keystore and password file, or a signer elsewhere and its account. */
  PROPOSER_KEY_FILE: z.string().optional(),
  PROPOSER_PASSWORD_FILE: z.string().optional(),
  PROPOSER_SIGNER_URL: z.url().optional(),
  PROPOSER_ADDRESS: evmAddress.optional(),
  APPROVER_KEY_FILE: z.string().optional(),
  APPROVER_PASSWORD_FILE: z.string().optional(),
  APPROVER_SIGNER_URL: z.url().optional(),
  APPROVER_ADDRESS: evmAddress.optional(),
  /** Signs cheques, for campaigns that pay by them; it can empty their chequebooks, so it is a key of its own. */
  ISSUER_KEY_FILE: z.string().optional(),
  ISSUER_PASSWORD_FILE: z.string().optional(),
  ISSUER_SIGNER_URL: z.url().optional(),
  ISSUER_ADDRESS: evmAddress.optional(),
  /** `admin`: a second person approves every root. `automatic`: only for a demo on a chain without value. */
  PAYOUT_APPROVAL: z.enum(['admin', 'automatic']).default('admin'),
  /** `allowed`: campaigns may ask for plots below k=32, which are remade in time; for showing and testing only. */
  SMALL_PLOTS: z.enum(['refused', 'allowed']).default('refused'),
  LEASE_SECONDS: z.coerce.number().int().min(5).max(86_400).default(600),
  PAYOUT_ADDRESS_COOLDOWN_HOURS: z.coerce
    .number()
    .min(0)
    .max(24 * 30)
    .default(72),
  CHORE_SECONDS: z.coerce.number().min(0.05).max(60).default(2),
  /** How often every connection is asked for a sign of life. */
  NODE_PING_SECONDS: z.coerce.number().min(0.5).max(60).default(10),
  /** Once in so many seconds, on average, a node's line is measured by pings, and by a payload to it and back. */
  NETWORK_PING_SECONDS: z.coerce.number().min(1).max(86_400).default(1800),
  NETWORK_PAYLOAD_SECONDS: z.coerce
    .number()
    .min(1)
    .max(7 * 86_400)
    .default(21_600),
  /** API of the operator's own Bee node, never exposed: it moves money. */
  BEE_URL: z.url().optional(),
  /** A postage batch of that node's: bundles are put on Swarm with it. */
  SWARM_BATCH: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '32 bytes of lower-case hex')
    .optional(),
  /** Largest content of a data set, and largest filler, in bytes. */
  SWARM_UPLOAD_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .default(2 ** 30),
  SWARM_FILLER_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .default(16 * 2 ** 30),
  /** Once in so many seconds, on average and at random, a keeper must sample its replica under a fresh key. */
  SWARM_AUDIT_SECONDS: z.coerce
    .number()
    .min(1)
    .max(30 * 86_400)
    .default(86_400),
  /** How much of a replica is read then at most. */
  SWARM_AUDIT_BYTES: z.coerce
    .number()
    .int()
    .min(32 * CHUNK_BYTES)
    .max(AUDIT_CHUNKS * CHUNK_BYTES)
    .default(AUDIT_CHUNKS * CHUNK_BYTES),
  /** The chain that Swarm's incentives live on, for contributors' Bee nodes; its contracts by name, or from a file. */
  SWARM_RPC_URL: z.url().optional(),
  SWARM_NETWORK: z.enum(['gnosis', 'sepolia']).default('gnosis'),
  SWARM_DEPLOYMENT_FILE: z.string().optional(),
  /** Once in so many seconds, on average and at random, a Bee node must sample its reserve; and how long it may take. */
  BEE_CHECK_SECONDS: z.coerce
    .number()
    .min(1)
    .max(30 * 86_400)
    .default(86_400),
  BEE_SAMPLE_SECONDS: z.coerce.number().min(1).max(86_400).default(1200),
  /** Bee nodes of other accounts that must have the same reserve before a sample counts. */
  BEE_AGREEING: z.coerce.number().int().min(1).max(100).default(1),
  /** Of the three chunks that are opened: how many may have an owner, and from how many batches they come at least. */
  BEE_OWNED_CHUNKS: z.coerce.number().int().min(0).max(3).default(1),
  BEE_BATCHES: z.coerce.number().int().min(1).max(3).default(2),
  /** Batches count that are so many blocks old, or that one of these addresses owns. */
  BEE_BATCH_BLOCKS: z.coerce.number().int().min(0).max(100_000_000).default(120_960),
  BEE_BATCH_OWNERS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((one) => one.trim().toLowerCase() || []))
    .pipe(z.array(evmAddress).max(1000)),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).max(1_000_000).default(600),
  SIGN_INS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(10),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  /** File of ready-made sign-ins shown on the sign-in page. Set by `npm run demo` only. */
  DEMO_SIGN_INS: z.string().optional(),
});

export type CenterRole = (typeof roles)[number];
export type CenterConfig = Omit<z.infer<typeof schema>, 'CROFT_DATA'> & { CROFT_DATA: string };

/** Injection token of the validated configuration. */
export const CENTER_CONFIG = Symbol('CENTER_CONFIG');

/** What each setting that has no default is for: the center asks for what is missing by name. */
const purposes: Record<string, string> = {
  FARMER_PUBLIC_KEY: 'public key of your Chia farmer (48 bytes hex; `chia keys show`)',
  CHIA_OBSERVER_KEY:
    'observer key of your Chia wallet at m/12381/8444/2 (48 bytes hex), or POOL_CONTRACT_ADDRESS',
  CHAIN_RPC_URL: 'JSON-RPC address of the chain that payouts are made on',
  CHAIN_ID: 'id of that chain; nothing is ever signed for another',
  PROPOSER_KEY_FILE: 'keystore file of the account that proposes and pushes payouts, or PROPOSER_SIGNER_URL',
};

export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `The center needs more settings (environment variables):\n${problems.map((p) => `  ${p}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** Reads the configuration out of environment variables. Throws ConfigError naming everything missing or wrong. */
export function loadConfig(env: Record<string, string | undefined>): CenterConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  const problems = result.success
    ? []
    : result.error.issues.map((issue) => {
        const name = String(issue.path[0]);
        return given[name] === undefined
          ? `${name}: ${purposes[name] ?? 'is missing'}`
          : `${name}: ${issue.message}`;
      });
  if (!given.CHIA_OBSERVER_KEY && !given.POOL_CONTRACT_ADDRESS) {
    problems.push(`CHIA_OBSERVER_KEY: ${purposes.CHIA_OBSERVER_KEY}`);
  }
  const pays = (given.CENTER_ROLES ?? 'payout').split(',').some((role) => role.trim() === 'payout');
  problems.push(...keyProblems(given, pays));
  if (pays && !given.PROPOSER_KEY_FILE && !given.PROPOSER_SIGNER_URL)
    problems.push(`PROPOSER_KEY_FILE: ${purposes.PROPOSER_KEY_FILE}`);
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  return { ...result.data, CROFT_DATA: resolve(result.data.CROFT_DATA) };
}

export const dataPath = (config: CenterConfig, ...parts: string[]) => join(config.CROFT_DATA, ...parts);
