import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { EarningsDay, Token } from '../../api/models.js';
import { approximateAmount } from '../../format/money.js';
import { shortDayName } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';

const HEIGHT = 220;

/**
 * Bars of plotting over storage, one a day. For the eye only: the table has the same numbers for everybody, and
 * choosing a day works in both.
 */
export function DayChart({
  days,
  token,
  label,
  choose,
}: {
  days: readonly EarningsDay[];
  token: Token;
  label: string;
  choose: (day: string) => void;
}) {
  const { tag } = useLanguage();
  const scheme = useComputedColorScheme('light');
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef({ days, choose });
  latest.current = { days, choose };

  const columns = (): uPlot.AlignedData => {
    const amount = (units: string) => approximateAmount(units, token.decimals);
    const storage = days.map((day) => amount(day.storage) + amount(day.other));
    return [days.map((_, i) => i), days.map((day) => amount(day.total)), storage];
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: new numbers go in by setData below, without a new chart
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const style = getComputedStyle(document.documentElement);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const number = new Intl.NumberFormat(tag, { maximumSignificantDigits: 4, notation: 'compact' });
    const grid = { stroke: 'rgba(128,128,128,.18)', width: 1 };
    const axis = { stroke: color('--mantine-color-dimmed'), font: '12px system-ui, sans-serif' };
    const paths = uPlot.paths.bars?.({ size: [0.7, 40], radius: 0.15 });
    const bars = (label: string, fill: string): uPlot.Series => ({
      label,
      fill,
      stroke: fill,
      width: 0,
      points: { show: false },
      ...(paths ? { paths } : {}),
    });
    const made = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: () => [-0.6, latest.current.days.length - 0.4] },
          y: { range: (_chart, _min, max) => [0, max > 0 ? max * 1.1 : 1] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            space: 72,
            size: 30,
            values: (_chart, splits) =>
              splits.map((i) => {
                const day = Number.isInteger(i) ? latest.current.days[i] : undefined;
                return day ? shortDayName(day.day, tag) : '';
              }),
          },
          {
            ...axis,
            grid,
            size: 58,
            values: (_chart, splits) => splits.map((value) => number.format(value)),
          },
        ],
        series: [{}, bars('plotting', color('--bar-plotting')), bars('storage', color('--bar-storage'))],
      },
      columns(),
      element,
    );
    chart.current = made;
    const onClick = () => {
      const day = latest.current.days[made.cursor.idx ?? -1];
      if (day) latest.current.choose(day.day);
    };
    made.over.addEventListener('click', onClick);
    const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [tag, scheme, token.decimals, days.length]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: columns() follows from days and token
  useEffect(() => chart.current?.setData(columns()), [days, token]);

  return <div ref={box} className="chart" role="img" aria-label={label} style={{ height: HEIGHT }} />;
}
