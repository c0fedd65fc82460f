import { Behaviour } from '../behaviour.js';

export const honest = new Behaviour('honest');
