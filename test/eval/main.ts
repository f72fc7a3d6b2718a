import { readPiaf } from '../quality/support/piaf';
import { evaluateChunking } from './chunking';

const piaf = readPiaf();
if (piaf) evaluateChunking(piaf);
