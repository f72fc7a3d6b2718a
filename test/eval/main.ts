import { readPiaf } from '../quality/support/piaf';
import { evaluateChunking } from './chunking';
import { evaluateProduct } from './product/main';

const chunking = (): number => {
  const piaf = readPiaf();
  if (piaf) evaluateChunking(piaf);
  return 0;
};

const MEASUREMENTS: Readonly<Record<string, (wanted: readonly string[]) => number | Promise<number>>> = {
  chunking,
  product: evaluateProduct,
};

const main = async ([name = 'product', ...wanted]: readonly string[]): Promise<number> => {
  const measurement = MEASUREMENTS[name];
  if (measurement) return measurement(wanted);
  console.error(`Unknown: ${name}. There are: ${Object.keys(MEASUREMENTS).join(', ')}.`);
  return 2;
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
