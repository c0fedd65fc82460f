import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { BundleFault } from '#libs/bundle';
import { ClaimError } from '#libs/claims';
import { switchChain } from '../../claims/wallet-chain.js';
import { exactAmount } from '../../format/money.js';
import { formatNumber } from '../../format/quantities.js';
import { dateTime } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { failureText } from '../../ui/failure-text.js';
import { OnSwarm } from '../../ui/on-swarm.js';
import { UnreadableBundle } from '../../verify/http-source.js';
import type { Connected } from '../../wallet/connect-wallet.js';
import type { Where } from './claim-page.js';
import { type Due, useClaims } from './use-claims.js';

/** Places of the coin that pays fees, on every EVM chain. */
const COIN_DECIMALS = 18;

/** What the contract owes the wallet's account, and the button that claims it. */
export function DueClaims({
  where,
  connected,
  recipient,
  ready,
}: {
  where: Where | null;
  connected: Connected | null;
  recipient: string | null;
  ready: boolean;
}) {
  const { t, tag } = useLanguage();
  const { state, check, claim } = useClaims(where, connected, recipient);
  const due = 'due' in state ? state.due : undefined;
  const busy = state.at === 'checking' || state.at === 'sending' || state.at === 'mining';
  return (
    <section className="card" data-testid="claim" data-state={state.at}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="h4">
          {t.claim.check}
        </Title>
        <Button
          variant={due ? 'default' : 'filled'}
          disabled={!ready || busy}
          loading={state.at === 'checking'}
          onClick={() => void check()}
          data-testid="claim-check"
        >
          {t.claim.check.replace(/^\d+\.\s*/, '')}
        </Button>
      </Group>
      <Stack gap="md" aria-live="polite">
        {state.at === 'checking' && <Text size="sm">{t.claim.checking}</Text>}
        {due && <WhatIsDue due={due} />}
        {due && state.at !== 'done' && (
          <div>
            <Button
              onClick={() => void claim(due)}
              disabled={busy}
              loading={state.at === 'sending' || state.at === 'mining'}
              data-testid="claim-send"
            >
              {t.claim.claim}
            </Button>
          </div>
        )}
        {state.at === 'sending' && <Text size="sm">{t.claim.sending}</Text>}
        {state.at === 'mining' && <Text size="sm">{t.claim.mining}</Text>}
        {(state.at === 'mining' || state.at === 'done') && state.hash && (
          <Hex value={state.hash} what={t.payouts.txHash} />
        )}
        {state.at === 'done' && (
          <Alert color={state.ok ? 'croft' : 'red'} title={state.ok ? t.claim.done : t.claim.reverted}>
            {t.claim.doneBlock(formatNumber(state.blockNumber, tag))}
          </Alert>
        )}
        {state.at === 'failed' && <Failed error={state.error} connected={connected} again={check} />}
      </Stack>
    </section>
  );
}

function WhatIsDue({ due: { claimable, swarmReference, claims, fee } }: { due: Due }) {
  const { t, tag } = useLanguage();
  const { campaign, epochIndex, manifestHash } = claimable;
  const sum = claims.reduce((all, { amount }) => all + amount, 0n);
  const [units, paid] = claims.reduce(([a, b], claim) => [a + claim.units, b + claim.paidUnits], [0n, 0n]);
  return (
    <>
      <div className="big" data-testid="claim-due">
        {exactAmount(sum, campaign.tokenDecimals, tag)} <small>{campaign.tokenSymbol}</small>
      </div>
      <Facts
        items={[
          [t.claim.paidBefore, t.claim.ofUnits(`${paid}`, `${units}`)],
          [
            t.claim.fee,
            fee === null ? t.common.unknown : t.claim.feeCoin(exactAmount(fee, COIN_DECIMALS, tag)),
          ],
          [t.claim.period, t.claim.periodText(campaign.name, formatNumber(epochIndex, tag))],
          [t.verify.facts.hash, <Hex key="hash" value={manifestHash} what={t.verify.facts.hash} />],
          [t.dataSets.onSwarm.title, <OnSwarm key="swarm" reference={swarmReference} />],
          [t.claim.contract, <Hex key="contract" value={campaign.payoutContract} what={t.claim.contract} />],
          [t.claim.chain, `${campaign.chainId}`],
        ]}
      />
    </>
  );
}

function Failed({
  error,
  connected,
  again,
}: {
  error: unknown;
  connected: Connected | null;
  again: () => Promise<void>;
}) {
  const { t, tag, locale } = useLanguage();
  const alert = (text: string, code: string) => (
    <Alert color="grain" role="alert" data-testid="claim-problem" data-code={code}>
      <Text size="sm" className="anywhere">
        {text}
      </Text>
    </Alert>
  );
  if (error instanceof BundleFault) return alert(t.claim.unsound(error.inWords(locale)), error.code);
  if (error instanceof UnreadableBundle) return alert(t.claim.unreadable(error.message), 'unreadable');
  if (!(error instanceof ClaimError)) return alert(failureText(error, t), 'wallet');
  const { code, details } = error;
  const when = details.opensAt ?? details.until;
  const more = [
    when === undefined ? null : dateTime(new Date(Number(when) * 1000).toISOString(), tag),
    code === 'root_not_active' ? details.manifestHash : null,
  ].filter((part) => part !== null);
  const wanted = Number(details.wanted);
  return (
    <>
      {alert([t.claim.problems[code], ...more].join(' '), code)}
      {code === 'wrong_chain' && connected && (
        <div>
          <Button
            size="xs"
            variant="light"
            onClick={() =>
              void switchChain(connected.wallet.provider, wanted).then(again, () => {
                // the wallet has told the person why
              })
            }
          >
            {t.claim.switchChain} ({wanted})
          </Button>
        </div>
      )}
    </>
  );
}
