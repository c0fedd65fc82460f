import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { PlotFormatError, PlotterError, planPlot } from '#libs/proof-of-space';
import { ClientError } from '../client-error.js';
import { exitCodeOf } from './exit-code.js';

const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test('bad input is 2, whatever else went wrong is 1, help is 0', () => {
  const missing = Object.assign(new Error('gone'), { code: 'ENOENT' });
  const cases: [unknown, number][] = [
    [new CommanderError(0, 'commander.helpDisplayed', ''), 0],
    [new CommanderError(1, 'commander.unknownOption', ''), 2],
    [new ClientError('plot_options_invalid'), 2],
    [new ClientError('folder_not_writable'), 2],
    [new ClientError('plot_unreadable', 'a', { cause: missing }), 2],
    [new ClientError('plot_unreadable', 'a', { cause: new Error('EIO') }), 1],
    [new ClientError('plotter_not_usable'), 1],
    [new PlotFormatError('plot_gone', ''), 2],
    [new PlotFormatError('plot_damaged' as never, ''), 1],
    [new PlotterError('disk_full', ''), 1],
    // a size that no machine makes, and one that this machine has no memory for
    [thrown(() => planPlot({ k: 36 })), 2],
    [thrown(() => planPlot({ k: 30, memoryBytes: 1e7 })), 1],
    [thrown(() => planPlot({ k: 51 })), 2],
    [new Error('anything'), 1],
    [null, 1],
  ];
  for (const [error, code] of cases) expect([error, exitCodeOf(error)]).toEqual([error, code]);
});
