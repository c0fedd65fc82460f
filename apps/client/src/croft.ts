#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { PLOTTER_NAMES } from '#libs/chia';
import { codeOf } from './client-error.js';
import { beeLink, beeUnlink } from './commands/bee.js';
import { type ChequesOptions, getCheques, listCheques } from './commands/cheques.js';
import { type CashOptions, cashCheque } from './commands/cheques-cash.js';
import { type ClaimOptions, claimCommand } from './commands/claim.js';
import { type DisputeOptions, disputeCommand } from './commands/dispute.js';
import { exitCodeOf } from './commands/exit-code.js';
import type { CommandIo } from './commands/io.js';
import { type JoinOptions, join } from './commands/join.js';
import { leave } from './commands/leave.js';
import { type BenchOptions, benchPlots } from './commands/plots-bench.js';
import { type CheckOptions, checkPlots } from './commands/plots-check.js';
import { type CreateOptions, createPlotCommand } from './commands/plots-create.js';
import { lookUpPlot } from './commands/plots-lookup.js';
import { verifyExitCode, verifyRows } from './commands/plots-verify.js';
import { run } from './commands/run.js';
import { status } from './commands/status.js';
import { terminalLine } from './commands/terminal-line.js';
import { DEFAULT_PROOFS, type VerifyCommandOptions, verifyCommand } from './commands/verify.js';
import { explain, speakFor } from './messages/speak.js';
import { clientVersion } from './version.js';

const io: CommandIo = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  speak: speakFor(),
  env: process.env,
  line: terminalLine(process.stderr),
};

// a parent that stopped listening must not end a node's work
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const DATA = ['--data <folder>', 'folder of this node (CROFT_DATA, else ~/.croft)'] as const;
const PLOTTERS = `auto, ${PLOTTER_NAMES.join(', ')}`;
const JSON_OUT = ['--json', 'for programs: JSON lines'] as const;

const program = new Command('croft')
  .description('Offer plotting and disk space to a Croft center, and be paid for it')
  .version(clientVersion)
  .showHelpAfterError()
  .exitOverride();

program
  .command('join <url>')
  .description('join a center with a code from its portal')
  .requiredOption('--code <code>', 'the code, XXXX-XXXX')
  .requiredOption('--store <size>', 'disk space offered: 2TB, 500GiB, or 0')
  .requiredOption('--path <folder>', 'folder for plots')
  .option('--plot', 'also make plots')
  .option('--temp <folder>', 'folder to plot in, when another than --path')
  .option('--bee <url>', 'also speak for the Bee node here, such as http://127.0.0.1:1633')
  .option('--bee-key-file <file>', 'with --bee: its keys/swarm.key, which signs that once and is not kept')
  .option('--bee-password-file <file>', "that key's password")
  .option('--name <name>', 'name shown in the portal')
  .option('--plotter <name>', PLOTTERS)
  .option(...DATA)
  .action((url: string, options: JoinOptions) => join(url, options, io));

program
  .command('run')
  .description('work for the center until stopped')
  .option('--plotter <name>', `${PLOTTERS}; that of join when not given`)
  .option(...DATA)
  .option(...JSON_OUT)
  .action((options) => run(options, io));

program
  .command('status')
  .description('what this node does')
  .option(...DATA)
  .option(...JSON_OUT)
  .action((options) => status(options, io));

program
  .command('leave')
  .description('forget the center; plots stay on the disk')
  .option('--yes', 'without asking')
  .option(...DATA)
  .action((options) => leave(options, io));

const bee = program.command('bee').description('speak for the Bee node of Swarm on this computer');

bee
  .command('link')
  .description('from the next run on; its stake must be of this key')
  .requiredOption('--bee <url>', 'its API on this computer, such as http://127.0.0.1:1633')
  .requiredOption('--bee-key-file <file>', 'its keys/swarm.key, which signs that once and is not kept')
  .option('--bee-password-file <file>', "that key's password")
  .option('--overlay-nonce <hex>', 'from which its overlay follows, 32 bytes, to have that checked too')
  .option(...DATA)
  .action((options) => beeLink(options, io));

bee
  .command('unlink')
  .description('end the link: the center asks for nothing any more')
  .option(...DATA)
  .action((options) => beeUnlink(options, io));

const plots = program.command('plots').description('make, ask and verify plots by hand');

plots
  .command('create')
  .description('make a plot')
  .requiredOption('-k, --k <k>', 'size, 18 to 35')
  .option('--final <folder>', 'folder for the finished plot')
  .option('--path <folder>', 'the same')
  .option('--farmer-public-key <hex>', '48 bytes')
  .option('--contract <address>', 'xch1… or 32 bytes of hex')
  .option('--id <hex>', 'plot id instead of keys, 32 bytes')
  .option('--memo <hex>', 'memo that goes with --id')
  .option('--temp <folder>', 'folder for temporary files, when another than --final')
  .option('--temp2 <folder>', 'folder for those that change all the time')
  .option('--memory <size>', 'memory it may take; three quarters of what is free')
  .option('--threads <n>', 'threads that work', '2')
  .option('--buckets <n>', 'a power of two; chosen by size when not given')
  .option('--disk', 'use temporary files even where the memory would do')
  .option('--plotter <name>', PLOTTERS, 'auto')
  .option('--nice <n>', '0 to 19: how much other programs go first')
  .option('--dry-run', 'only say what it would take')
  .option(...JSON_OUT)
  .action((options: CreateOptions) => createPlotCommand(options, io));

plots
  .command('bench')
  .description('how fast this machine makes, asks and verifies a small plot')
  .option('-k, --k <k>', 'its size, 18 to 28', '22')
  .option('--threads <n>', 'threads that work', '2')
  .option('--temp <folder>', 'where to make it')
  .option(...JSON_OUT)
  .action(async (options: BenchOptions) => {
    await benchPlots(options, io);
  });

plots
  .command('check [paths...]')
  .description(
    'ask plots, all of a folder, or those of this node fresh random challenges and verify their proofs',
  )
  .option('-n, --challenges <n>', 'challenges per plot', '100')
  .option('--slow <ms>', 'a plot is slow when a lookup takes longer', '5000')
  .option(...DATA)
  .option(...JSON_OUT)
  .action(async (paths: string[], options: CheckOptions) => {
    process.exitCode = await checkPlots(paths, options, io);
  });

plots
  .command('lookup <file>')
  .description('the qualities and proofs a plot has for a challenge')
  .requiredOption('--challenge <hex>', '32 bytes')
  .option(...JSON_OUT)
  .action((file: string, options) => lookUpPlot(file, options, io));

plots
  .command('verify <file>')
  .description('verify a JSONL file of proofs against what it says of them')
  .option(...JSON_OUT)
  .action(async (file: string) => {
    const result = await verifyRows(file, io);
    const { malformed, ...agreement } = result;
    io.out(JSON.stringify(malformed > 0 ? result : agreement));
    process.exitCode = verifyExitCode(result);
  });

program
  .command('verify <bundle>')
  .description('recompute a bundle of a center (a folder or a URL), or check a dispute file')
  .option('--account <address>', 'show the lines of this payout address')
  .option('--proofs <n>', 'how many proofs of space to look at, or all', String(DEFAULT_PROOFS))
  .option('--previous <bundle>', 'the bundle before it, to see that this one goes on from there')
  .option('--key <hex>', "the center's key, when not that of the center joined here")
  .option(...DATA)
  .option(...JSON_OUT)
  .option('--against <bundle>', 'for a dispute file: the bundle it contradicts')
  .option('--bee <url>', 'Bee node or gateway that bzz:// is read through', 'http://127.0.0.1:1633')
  .action(async (bundle: string, options: VerifyCommandOptions) => {
    if (!(await verifyCommand(bundle, options, io))) process.exitCode = 1;
  });

program
  .command('claim <bundle>')
  .description('claim what was not paid to an address, from a bundle (a folder or a URL) and the chain alone')
  .requiredOption('--account <address>', 'the payout address')
  .requiredOption('--rpc <url>', 'a JSON-RPC node of the chain')
  .option('--key-file <file>', 'keystore, or 32 bytes of hex: who sends the transaction and pays its fee')
  .option('--password-file <file>', "the keystore's password")
  .option('--to <address>', 'send the tokens there instead; with the key of --account only')
  .option('--dry-run', 'only say what is due and what it would cost')
  .option(...JSON_OUT)
  .addHelpText('after', '\nExit code: 0 claimed (or something is due), 1 refused, 2 nothing is due.')
  .action(async (bundle: string, options: ClaimOptions) => {
    if (!(await claimCommand(bundle, options, io))) process.exitCode = 2;
  });

const cheques = program
  .command('cheques')
  .description('cheques of campaigns that pay by them: what a center has signed for an address')
  .addHelpText(
    'after',
    '\nExit code: 0 there is something (or it was cashed), 1 refused, 2 there is nothing.',
  );
const ACCOUNT = ['--account <address>', 'the payout address'] as const;

cheques
  .command('list [center]')
  .description('what there is; of the center joined here when none is named')
  .requiredOption(...ACCOUNT)
  .option(...DATA)
  .option(...JSON_OUT)
  .action(async (center: string | undefined, options: ChequesOptions) => {
    if (!(await listCheques(center, options, io))) process.exitCode = 2;
  });

cheques
  .command('get [center]')
  .description('write each cheque to a file, which is all that cashing it needs')
  .requiredOption(...ACCOUNT)
  .option('--out <folder>', 'where to write them', '.')
  .option(...DATA)
  .option(...JSON_OUT)
  .action(async (center: string | undefined, options: ChequesOptions) => {
    if (!(await getCheques(center, options, io))) process.exitCode = 2;
  });

cheques
  .command('cash <file>')
  .description('cash a cheque with the key of its beneficiary, from its file and the chain alone')
  .requiredOption('--rpc <url>', 'a JSON-RPC node of the chain')
  .option('--key-file <file>', "the beneficiary's keystore, or 32 bytes of hex")
  .option('--password-file <file>', "the keystore's password")
  .option('--to <address>', 'send the tokens there instead')
  .option('--partial', 'also when the chequebook cannot pay all of it')
  .option('--dry-run', 'only say what it would pay and cost')
  .option(...JSON_OUT)
  .action(async (file: string, options: CashOptions) => {
    if (!(await cashCheque(file, options, io))) process.exitCode = 2;
  });

program
  .command('dispute')
  .description('write what this node answered in a round, with the receipts, for anybody to check')
  .requiredOption('--round <n>', 'number or id of the round')
  .option('--out <file>', 'where to write it')
  .option(...DATA)
  .action((options: DisputeOptions) => disputeCommand(options, io));

try {
  await program.parseAsync();
} catch (error) {
  const json = process.argv.includes('--json');
  const exitCode = exitCodeOf(error);
  if (error instanceof CommanderError) {
    // it has said so itself, but not to programs
    if (json && exitCode !== 0) tellProgram('options_invalid', error.message);
  } else if (json) {
    const { detail, details } = error as { detail?: string; details?: object };
    tellProgram(codeOf(error) ?? 'failed', explain(error, io.speak), detail, details);
  } else io.err(explain(error, io.speak));
  process.exitCode ??= exitCode;
}

function tellProgram(code: string, message: string, detail?: string, details?: object): void {
  io.out(JSON.stringify({ error: { code, message, detail, details } }));
}
