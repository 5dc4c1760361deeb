import { benchCalls } from './calls.js';
import { benchCold } from './cold.js';
import { printLine } from './figure.js';
import { benchSed } from './sed.js';
import { benchTransform } from './transform.js';
import { benchWarm } from './warm.js';

await benchCalls(printLine);
await benchWarm(printLine);
await benchCold(printLine);
benchTransform(printLine);
await benchSed(printLine);
