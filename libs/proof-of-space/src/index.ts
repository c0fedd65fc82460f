export { verifyProof } from './verify/verify-proof.js';
