export { type Anvil, type AnvilOptions, startAnvil } from './anvil.js';
export { LocalServiceError, type LocalServiceErrorCode } from './errors.js';
export { freePort, portIsFree } from './free-port.js';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres.js';
