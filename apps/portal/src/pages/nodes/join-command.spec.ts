import { expect, test } from 'vitest';
import { isSize, joinCommand } from './join-command.js';

const plan = { store: true, plot: true, size: '500GB', path: '/where/to/keep', temp: '' };

test('the command as the contributor pastes it', () => {
  expect(joinCommand('https://croft.example', 'ABCD-1234', plan)).toBe(
    'npx croft join https://croft.example --code ABCD-1234 --store 500GB --path /where/to/keep --plot',
  );
});

test('only what was chosen, and paths with blanks in quotes', () => {
  expect(joinCommand('http://h:1', 'A', { ...plan, store: false, path: 'D:\\my plots', temp: '/fast' })).toBe(
    'npx croft join http://h:1 --code A --path "D:\\my plots" --plot --temp /fast',
  );
  expect(joinCommand('http://h:1', 'A', { ...plan, plot: false, size: '2 TB', temp: '/fast' })).toBe(
    'npx croft join http://h:1 --code A --store 2TB --path /where/to/keep',
  );
  expect(joinCommand('http://h:1', 'A', { ...plan, path: '/a";rm -rf $HOME`x`' })).toContain(
    '--path "/a;rm -rf HOMEx"',
  );
});

test('sizes', () => {
  for (const text of ['500GB', '2TB', '1.5 TiB', '100M', '5B']) expect(isSize(text), text).toBe(true);
  for (const text of ['', '500', 'GB', '-1GB', '5 cows', '1e3GB']) expect(isSize(text), text).toBe(false);
});
