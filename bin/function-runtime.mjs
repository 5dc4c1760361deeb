// What Lambda's own runtime does for us: loads a bundle, gives its handler one event at a time, tells how each ended.
// The parent talks over the IPC channel, so standard output and error hold only what the function itself prints.
import { pathToFileURL } from 'node:url';

// The SDK's warning about Node 20 is for whoever chooses a Node; Lambda runs a newer one.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const { handler } = await import(pathToFileURL(process.argv[2] ?? '').href);

const sum = ({ user, system }) => user + system;

process.on('message', async ({ id, event, timeoutMs }) => {
  const endsAt = Date.now() + timeoutMs;
  const context = { awsRequestId: id, getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()) };
  const cpuBefore = process.cpuUsage();
  const cpuMicros = () => sum(process.cpuUsage(cpuBefore));
  const used = () => ({
    cpuMicros: cpuMicros(),
    lifeCpuMicros: sum(process.cpuUsage()),
    peakKib: process.resourceUsage().maxRSS,
  });
  try {
    const answer = await handler(event, context);
    process.send?.({ id, answer, ...used() });
  } catch (error) {
    console.error(error);
    const failure = error instanceof Error ? `${error.name}: ${error.message}` : 'not an error';
    process.send?.({ id, failure, ...used() });
  }
});

process.send?.({ ready: true });
