export { startKernel } from './start-kernel.js';
