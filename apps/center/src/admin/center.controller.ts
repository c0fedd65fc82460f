import { readFileSync } from 'node:fs';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Public } from '../platform/auth/guards.js';
import { CenterKey } from '../platform/center-key.js';
import { CHAIN, type Chain } from '../platform/chain.js';
import { Clock } from '../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { CenterAnswer, type DemoSignIn, HealthAnswer } from './dto.js';

export const CENTER_VERSION = '0.1.0';

/** Who this center is, and whether it is well. */
@ApiTags('center')
@Public()
@Controller()
export class CenterController {
  private readonly demoSignIns: DemoSignIn[];

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly key: CenterKey,
    private readonly clock: Clock,
    @Inject(CHAIN) private readonly chain: Chain,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {
    const file = config.DEMO_SIGN_INS;
    this.demoSignIns = file ? (JSON.parse(readFileSync(file, 'utf8')) as DemoSignIn[]) : [];
  }

  @Get('center')
  center(): CenterAnswer {
    return {
      name: this.config.CENTER_NAME,
      version: CENTER_VERSION,
      publicKey: this.key.publicKey,
      time: this.clock.now().toISOString(),
      demo: Boolean(this.config.DEMO_SIGN_INS),
      demoSignIns: this.demoSignIns,
    };
  }

  @Get('health')
  async health(): Promise<HealthAnswer> {
    const works = (attempt: Promise<unknown>) =>
      attempt.then(
        () => true,
        () => false,
      );
    const [database, chain] = await Promise.all([
      works(this.database.query('SELECT 1')),
      works(this.chain.blockNumber('latest')),
    ]);
    return { ok: database && chain, database, chain };
  }
}
