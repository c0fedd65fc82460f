import { Text } from '@mantine/core';
import type { BeeNode, BeeEarnings as Earned } from '../../api/models.js';
import { formatNumber } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Facts } from '../../ui/facts.js';
import { Money } from '../../ui/money.js';
import { BZZ_DECIMALS, COIN_DECIMALS, coinAmount } from './coins.js';

/** What a node earned at this center, in all and for a round of the game, and what Bee says of the game's own pay. */
export function BeeEarnings({
  node: { report, gains, roundSeconds },
  earned,
}: {
  node: BeeNode;
  earned: readonly Earned[] | null;
}) {
  const { t, tag } = useLanguage();
  const coins = (units: string | null | undefined, decimals: number, symbol: string) =>
    units === null || units === undefined ? t.common.unknown : coinAmount(units, decimals, symbol, tag);
  return (
    <Facts
      items={[
        [
          t.bee.earned,
          <div key="earned" data-testid="bee-earned">
            {earned === null && t.common.unknown}
            {earned?.length === 0 && t.bee.earnedNone}
            {earned?.map((one) => (
              <EarnedIn key={one.campaignId} earned={one} roundSeconds={roundSeconds} />
            ))}
          </div>,
        ],
        [t.bee.reward, coins(report?.rewardPlur, BZZ_DECIMALS, 'BZZ')],
        [t.bee.fees, coins(report?.feesWei, COIN_DECIMALS, 'xDAI')],
        [
          t.bee.perRound,
          <span key="round" title={t.bee.perRoundHint} data-testid="bee-per-round">
            {gains && gains.rounds > 0
              ? t.bee.perRoundOf(
                  coins(ofEach(gains.rewardPlur, gains.rounds), BZZ_DECIMALS, 'BZZ'),
                  coins(ofEach(gains.feesWei, gains.rounds), COIN_DECIMALS, 'xDAI'),
                  formatNumber(gains.rounds, tag),
                )
              : t.common.unknown}
          </span>,
        ],
      ]}
    />
  );
}

const ofEach = (units: string, rounds: number) => (BigInt(units) / BigInt(rounds)).toString();

function EarnedIn({ earned, roundSeconds }: { earned: Earned; roundSeconds: number }) {
  const { t } = useLanguage();
  const { units, token, vouchedMs, campaignName } = earned;
  const ofRound = vouchedMs > 0 ? (BigInt(units) * BigInt(roundSeconds * 1000)) / BigInt(vouchedMs) : null;
  return (
    <div>
      <Money units={units} token={token} />
      <Text span size="xs" c="dimmed" display="block" title={t.bee.earnedHint}>
        {campaignName}
        {ofRound !== null && (
          <>
            {': '}
            <Money units={ofRound} token={token} /> {t.bee.aRound}
          </>
        )}
      </Text>
    </div>
  );
}
