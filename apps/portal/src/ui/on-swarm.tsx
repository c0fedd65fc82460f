import { useLanguage } from '../i18n/index.js';
import { Hex } from './copy.js';

/** Where on Swarm a bundle lies, to be given to `croft verify`; null: not there, undefined: not known. */
export function OnSwarm({ reference }: { reference: string | null | undefined }) {
  const { t } = useLanguage();
  const words = t.dataSets.onSwarm;
  if (reference === undefined) return t.common.unknown;
  if (reference === null) return <span title={words.noneHint}>{words.none}</span>;
  return (
    <span title={words.hint} data-testid="on-swarm">
      <Hex value={`bzz://${reference}`} what={words.title} />
    </span>
  );
}
