import { expect, test } from 'vitest';
import { contentHash, newKeyPair, newSha256, sign } from '#libs/protocol';
import { BundleFault } from '../fault.js';
import type { Answer } from '../records.js';
import { type About, checkAnswer } from './answers.js';
import { SignatureQueue, signaturesInJavaScript } from './signatures.js';

const center = newKeyPair(new Uint8Array(32).fill(1));
const node = newKeyPair(new Uint8Array(32).fill(2));
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const about: About = {
  challenge: {
    round: 0,
    roundId: id(1),
    kind: 'broadcast',
    beacon: 'cd'.repeat(32),
    blockNumber: null,
    blockHash: null,
    only: null,
    sentAt: 1_000,
    deadlineAt: 21_000,
  },
  plot: {
    plot: id(2),
    plotId: 'ab'.repeat(32),
    kind: 'chia-v1',
    k: 32,
    account: id(3),
    node: id(4),
    acceptedAt: 0,
  },
  node: { node: id(4), account: id(3), publicKey: node.publicKey },
};

/** A published answer, signed by its node as one about a plot of this kind and k. */
function published(kind: string, k: number, verdict: Answer['verdict']): Answer {
  const { challenge, plot } = about;
  const said = { subIndex: 0, proof: '00'.repeat(256) };
  const common = { roundId: challenge.roundId, nodeId: id(4), plotId: plot.plotId };
  const answer = { ...common, plotKind: kind, k, beacon: challenge.beacon, ...said };
  const receivedAt = 2_000;
  const receipt = { ...common, answerHash: contentHash('croft/answer/1', answer), receivedAt, verdict };
  return {
    node: id(4),
    plot: plot.plot,
    round: 0,
    account: id(3),
    threshold: 2 ** 32,
    verdict,
    withheld: false,
    claims: kind === plot.kind && k === plot.k ? null : { kind, k },
    ...said,
    signature: sign('croft/answer/1', answer, node.secretKey),
    receivedAt,
    receipt: sign('croft/receipt/1', receipt, center.secretKey),
  };
}

const check = async (answer: Answer) => {
  const signatures = new SignatureQueue(signaturesInJavaScript);
  const proof = ({ kind }: { kind: string }) => kind === 'chia-v1';
  const options = { centerPublicKey: center.publicKey, signatures, newHash: newSha256, proof };
  let fault: unknown = null;
  try {
    checkAnswer(answer, about, 1, options);
  } catch (error) {
    fault = error;
  }
  // what is wrong with its signature is told first
  await signatures.end();
  if (fault) throw fault;
};

test('an answer about a plot of another kind or k is invalid, and verifies as that', async () => {
  await check(published('chia-v1', 32, 'proved'));
  await check(published('chia-v2', 32, 'invalid'));
  await check(published('chia-v1', 31, 'invalid'));
});

test('an answer about another kind that is called proved is found', async () => {
  await expect(check(published('chia-v2', 32, 'proved'))).rejects.toThrow(BundleFault);
  await expect(check({ ...published('chia-v2', 32, 'invalid'), claims: null })).rejects.toThrow(/signature/);
});

test('the time of an answer is judged without its proof, too', () => {
  const late = { ...published('chia-v1', 32, 'proved'), receivedAt: 22_000 };
  const options = { centerPublicKey: center.publicKey, newHash: newSha256, proof: null };
  expect(() => checkAnswer(late, about, 1, { ...options, signatures: { add: () => {} } })).toThrow(
    'its verdict is proved, and by its proof and time it is late',
  );
});
