import { readFileSync, writeFileSync } from 'node:fs';
import { alarmState, type AlarmDefinition } from '../test/lib/support/alarm-evaluator.js';
import type { Template } from '../test/lib/support/synthesized.js';
import { propertiesOf, resolved } from '../test/lib/support/template-resources.js';
import { drawn, type ShownAlarm } from './dashboard/draw.js';
import { Life } from './dashboard/life.js';
import { linesOf, type Widget } from './dashboard/widget-data.js';

/**
 * Draws docs/dashboard.svg: the dashboard of the golden template for three regions, over what the real handler published in three
 * simulated hours on the stand-in. The numbers of SQS, Lambda and the log are those that these services would have published.
 */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
const at = (path: string) => new URL(`../${path}`, import.meta.url);
const template = JSON.parse(readFileSync(at('test/golden/three-regions.json'), 'utf8')) as Template;

function only(type: 'AWS::SQS::Queue' | 'AWS::Lambda::Function' | 'AWS::Logs::LogGroup', part: string): string {
  const id = [...propertiesOf(template, type).keys()].find((one) => one.includes(part));
  if (id === undefined) throw new Error(`the template has no ${type} that is called ${part}`);
  return id;
}

const queue = (part: string) => `${only('AWS::SQS::Queue', part)}.QueueName`;
const [{ DashboardBody } = { DashboardBody: '' }] = propertiesOf(template, 'AWS::CloudWatch::Dashboard').values();
const { widgets } = JSON.parse(String(resolved(DashboardBody))) as { readonly widgets: readonly Widget[] };
const alarms = [...propertiesOf(template, 'AWS::CloudWatch::Alarm')];
const [, { Namespace: namespace = '' } = {}] = alarms[0] ?? [];

const life = new Life({
  namespace,
  queues: {
    Queue: queue('ChangesQueue'),
    DeadLetters: queue('ChangesDeadLetters'),
    UndeliveredNative: queue('UndeliveredNative'),
    UndeliveredFromTrail: queue('UndeliveredFromTrail'),
  },
  function: only('AWS::Lambda::Function', 'Function'),
  logGroup: only('AWS::Logs::LogGroup', 'Log'),
});
await life.lived();
const { sandbox, range } = life;

async function shown([id, properties]: (typeof alarms)[number]): Promise<ShownAlarm> {
  const name = /Alarms(\w+?)[0-9A-F]{8}$/.exec(id)?.[1] ?? id;
  return { name, state: await alarmState(sandbox, resolved(properties) as AlarmDefinition, range.to - 1) };
}

const states = await Promise.all(alarms.map(shown));
const filled = await Promise.all(
  widgets.map(async (widget) => ({
    widget,
    lines: widget.type === 'alarm' ? [] : await linesOf(sandbox, widget, range),
    alarms: widget.type === 'alarm' ? states : [],
  })),
);
writeFileSync(at('docs/dashboard.svg'), drawn(filled, range));
