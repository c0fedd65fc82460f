import type { Token } from '../api/models.js';
import { exactAmount, shortAmount } from '../format/money.js';
import { useLanguage } from '../i18n/index.js';

/** An amount, easy to read; every digit on hover. */
export function Money({
  units,
  token,
  exact = false,
}: {
  units: string | bigint;
  token: Token;
  exact?: boolean;
}) {
  const { tag } = useLanguage();
  const all = exactAmount(units, token.decimals, tag);
  return (
    <data className="money" value={String(units)} title={`${all} ${token.symbol}`}>
      {exact ? all : shortAmount(units, token.decimals, tag)} <small>{token.symbol}</small>
    </data>
  );
}
