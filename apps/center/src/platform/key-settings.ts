const holders = ['PROPOSER', 'APPROVER', 'ISSUER'];
const keySettings = holders.flatMap((who) =>
  ['KEY_FILE', 'PASSWORD_FILE', 'SIGNER_URL'].map((what) => `${who}_${what}`),
);

/**
 * What is wrong with the settings of keys, one line each. A process that does not pay holds nothing that signs: who
 * breaks into the web process of an operator with split roles finds no key.
 */
export function keyProblems(given: Record<string, string | undefined>, pays: boolean): string[] {
  const problems = Object.entries(given)
    .filter(
      ([name, value]) =>
        /^(PROPOSER|APPROVER|ISSUER)_/.test(name) && /^(0x)?[0-9a-fA-F]{64}$/.test(value ?? ''),
    )
    .map(
      ([name]) =>
        `${name}: holds a key itself; a key is in a keystore file or with a signer, never in the environment`,
    );
  if (!pays) {
    const held = keySettings.filter((name) => given[name] !== undefined);
    problems.push(...held.map((name) => `${name}: not for a process without the role payout; leave it out`));
    return problems;
  }
  for (const who of holders) {
    const [file, url] = [given[`${who}_KEY_FILE`], given[`${who}_SIGNER_URL`]];
    if (file && url) problems.push(`${who}_SIGNER_URL: there is ${who}_KEY_FILE as well; one of them`);
    if (url && !given[`${who}_ADDRESS`]) problems.push(`${who}_ADDRESS: account that the signer signs with`);
  }
  return problems;
}
