import type { Payout } from '../api/models.js';
import { shortAmount } from '../format/money.js';
import { formatNumber } from '../format/quantities.js';
import { useLanguage } from '../i18n/index.js';
import { Ago } from '../ui/ago.js';
import { Hex } from '../ui/copy.js';
import { type Column, DataTable } from '../ui/data-table.js';
import { Money } from '../ui/money.js';
import { StateBadge, type Tone } from '../ui/state-badge.js';

const tones: Record<Payout['state'], Tone> = {
  pending: 'waits',
  held: 'waits',
  carried: 'off',
  sent: 'busy',
  confirmed: 'good',
  failed: 'bad',
};

export function PayoutTable({
  label,
  payouts,
  more,
}: {
  label: string;
  payouts: readonly Payout[];
  more?: Parameters<typeof DataTable>[0]['more'];
}) {
  const { t, tag } = useLanguage();
  const columns: Column<Payout>[] = [
    { key: 'at', header: t.payouts.at, cell: ({ at }) => <Ago at={at} /> },
    {
      key: 'amount',
      header: t.payouts.amount,
      end: true,
      testId: 'payout-amount',
      cell: ({ amount, token }) => (
        <b>
          <Money units={amount} token={token} />
        </b>
      ),
    },
    {
      key: 'state',
      header: t.payouts.state,
      testId: 'payout-state',
      cell: ({ state, held, token }) => (
        <>
          <StateBadge tone={tones[state]} text={t.payouts.states[state]} hint={t.payouts.stateHints[state]} />
          {held && (
            <small style={{ opacity: 0.7, display: 'block' }} data-testid="payout-held">
              {t.pay.heldFor[held.reason](`${shortAmount(held.until, token.decimals, tag)} ${token.symbol}`)}
            </small>
          )}
        </>
      ),
    },
    {
      key: 'tx',
      header: t.payouts.transaction,
      testId: 'payout-tx',
      cell: ({ tx, txUrl, blockNumber }) =>
        tx ? (
          <>
            <Hex value={tx} what={t.payouts.txHash} href={txUrl} />
            {blockNumber !== null && (
              <small style={{ opacity: 0.7, display: 'block' }}>
                {t.payouts.block(formatNumber(blockNumber, tag))}
              </small>
            )}
          </>
        ) : (
          <span style={{ opacity: 0.7 }}>{t.payouts.txNone}</span>
        ),
    },
    {
      key: 'address',
      header: t.payouts.to,
      cell: ({ address }) => <Hex value={address} what={t.payouts.address} />,
    },
    {
      key: 'campaign',
      header: t.payouts.campaign,
      cell: ({ campaignName, epochIndex }) => (
        <span>
          {campaignName}, {t.payouts.epoch} {formatNumber(epochIndex, tag)}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={payouts}
      rowKey={(payout) => payout.id}
      rowTestId="payout-row"
      more={more}
    />
  );
}
