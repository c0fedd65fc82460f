import { argon2id, argon2Verify } from 'hash-wasm';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { iterations: 2, memorySize: 19_456, parallelism: 1, hashLength: 32 } as const;

/** Argon2id in PHC form. */
export function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  return argon2id({ ...cost, password: password.normalize('NFC'), salt, outputType: 'encoded' });
}

/** A hash no password has; checked when there is no account, so that both refusals take the same time. */
const nobody =
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const fits = await argon2Verify({ password: password.normalize('NFC'), hash: hash ?? nobody });
  return fits && hash !== null;
}
