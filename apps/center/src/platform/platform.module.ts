import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Bee } from '#libs/bee';
import { Alert } from './alerts/alert.entity.js';
import { Alerts } from './alerts/alerts.js';
import { BEE } from './bee.js';
import { CenterKey } from './center-key.js';
import { CHAIN, type Chain } from './chain.js';
import { Chains, type PayoutChain } from './chains.js';
import { Chores } from './chores.js';
import { Clock } from './clock.js';
import { CENTER_CONFIG, type CenterConfig } from './config.js';
import { databaseOptions } from './database/options.js';
import { Entropy } from './entropy.js';
import { Log } from './log.js';
import { PlotKinds } from './plot-kinds/plot-kinds.js';
import { Price } from './prices/price.entity.js';
import { openPriceSource, PRICE_SOURCE } from './prices/price-source.js';
import { Prices } from './prices/prices.js';
import { SIGNERS, type Signers } from './signers.js';
import { SWARM_CHAIN, type SwarmChain } from './swarm-chain.js';

/** The outside world, injected: everything a domain may not reach for by itself. */
export interface Ports {
  config: CenterConfig;
  databaseUrl: string;
  clock: Clock;
  entropy: Entropy;
  /** The chain of CHAIN_ID. */
  chain: Chain;
  /** Others that campaigns may pay on. */
  moreChains?: readonly PayoutChain[];
  /** That of Swarm's incentives. */
  swarmChain?: SwarmChain | null;
  signers: Signers;
  key: CenterKey;
  plotKinds: PlotKinds;
}

@Global()
@Module({})
export class PlatformModule {
  static with(ports: Ports): DynamicModule {
    const provided = [
      { provide: CENTER_CONFIG, useValue: ports.config },
      { provide: Clock, useValue: ports.clock },
      { provide: Entropy, useValue: ports.entropy },
      { provide: CHAIN, useValue: ports.chain },
      { provide: Chains, useValue: Chains.of(ports.config, ports.chain, ports.moreChains ?? []) },
      { provide: SIGNERS, useValue: ports.signers },
      { provide: BEE, useValue: ports.config.BEE_URL ? new Bee(ports.config.BEE_URL) : null },
      { provide: SWARM_CHAIN, useValue: ports.swarmChain ?? null },
      { provide: CenterKey, useValue: ports.key },
      { provide: PlotKinds, useValue: ports.plotKinds },
      { provide: Log, useValue: new Log(ports.config.LOG_LEVEL) },
      { provide: PRICE_SOURCE, useValue: openPriceSource(ports.config) },
      Chores,
      Alerts,
      Prices,
    ];
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRoot({ ...databaseOptions(ports.databaseUrl), autoLoadEntities: true }),
        TypeOrmModule.forFeature([Alert, Price]),
      ],
      providers: provided,
      exports: provided,
    };
  }
}
