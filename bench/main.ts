import { benchCalls } from './calls.js';
import { benchCold } from './cold.js';
import { printLine } from './figure.js';
import { benchLag } from './lag.js';
import { benchLog } from './log.js';
import { benchReconcile } from './reconcile.js';
import { benchSed } from './sed.js';
import { benchTransform } from './transform.js';
import { benchWarm } from './warm.js';

await benchCalls(printLine);
await benchWarm(printLine);
await benchLag(printLine);
await benchCold(printLine);
await benchLog(printLine);
await benchReconcile(printLine);
benchTransform(printLine);
benchSed(printLine);
