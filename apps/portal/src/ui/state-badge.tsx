import { Badge, Tooltip } from '@mantine/core';

/** A state in a word; what it means on hover, focus or touch. `tone` is how good it is. */
export type Tone = 'good' | 'busy' | 'waits' | 'off' | 'bad';

const colors: Record<Tone, string> = { good: 'croft', busy: 'blue', waits: 'grain', off: 'gray', bad: 'red' };

export function StateBadge({ tone, text, hint }: { tone: Tone; text: string; hint?: string }) {
  const badge = (
    <Badge variant="light" color={colors[tone]} tt="none">
      {text}
    </Badge>
  );
  if (!hint) return badge;
  return (
    <Tooltip label={hint} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      {badge}
    </Tooltip>
  );
}
