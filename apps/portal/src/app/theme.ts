import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Field green: calm, dark enough at shade 8 for white text (contrast 8:1). */
const croft: MantineColorsTuple = [
  '#eef6f0',
  '#dcebe1',
  '#b7d7c2',
  '#8fc1a1',
  '#6dae86',
  '#579f74',
  '#3f8a60',
  '#2f734e',
  '#1f5a3f',
  '#123f2b',
];

/** Grain yellow for what waits. */
const grain: MantineColorsTuple = [
  '#fdf6e3',
  '#f8ebc6',
  '#f2d98f',
  '#edc755',
  '#e8b72a',
  '#d9a514',
  '#b3860b',
  '#8a6608',
  '#654a06',
  '#453203',
];

export const theme = createTheme({
  primaryColor: 'croft',
  primaryShade: { light: 8, dark: 7 },
  colors: { croft, grain },
  defaultRadius: 'md',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: {
    fontFamily:
      '"Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "Songti SC", "Noto Serif CJK SC", "SimSun", serif',
    fontWeight: '600',
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
});
