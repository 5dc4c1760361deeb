import type { HttpRequest } from '@smithy/types';
import type { HttpHandler } from '../../../src/aws/client-config.js';
import { assertNever } from '../../../src/core/assert-never.js';
import { readScope, type Caller, type ServiceName } from '../../../src/sandbox/identity.js';
import { detectProtocol } from '../../../src/sandbox/protocols/detect.js';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { keyCalls, secretCalls } from './secret-calls.js';
import type { Call } from './role-policy.js';

/** A call as IAM sees it, and the role that makes it; undefined: the function's own. */
export interface RecordedCall extends Call {
  readonly roleArn: string | undefined;
}

/** One request, read off the wire. */
export interface Request {
  readonly service: ServiceName;
  readonly region: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
}

/** Writes down what every request of the function means to IAM, before the stand-in carries it out. */
export class CallRecorder {
  readonly calls: RecordedCall[] = [];

  /** The stand-in is known only once there is a world. */
  constructor(private readonly sandbox: () => Sandbox) {}

  readonly around = (handler: HttpHandler): HttpHandler => {
    const handle: HttpHandler['handle'] = async (request, options) => {
      this.#record(request as HttpRequest);
      return handler.handle(request, options);
    };
    return Object.assign(Object.create(handler) as HttpHandler, { handle });
  };

  /** Undefined: the credentials have ended, and the stand-in will say so. */
  #callerOf(accessKeyId: string): Caller | undefined {
    try {
      return this.sandbox().roles.callerOf(accessKeyId);
    } catch {
      return undefined;
    }
  }

  #record(http: HttpRequest): void {
    const headers = Object.fromEntries(Object.entries(http.headers).map(([key, text]) => [key.toLowerCase(), text]));
    const { method, path, protocol: scheme, hostname } = http;
    const body = (http.body as string | Uint8Array | undefined) ?? '';
    const wire = { method, path, headers, body, origin: `${scheme}//${hostname}` };
    const protocol = detectProtocol(wire);
    const { accessKeyId, region, service } = readScope(headers['authorization']);
    const caller = this.#callerOf(accessKeyId);
    if (caller === undefined) return;
    const operation = protocol.operation(wire);
    const request = { service, region, operation, input: protocol.decode(wire), caller };
    for (const call of callsOf(this.sandbox(), request)) this.calls.push({ ...call, roleArn: caller.roleArn });
  }
}

function callsOf(sandbox: Sandbox, request: Request): readonly Call[] {
  const { service, operation, input } = request;
  switch (service) {
    case 'secretsmanager':
      return [...secretCalls(sandbox, request), ...keyCalls(sandbox, request)];
    case 'sts':
      return [{ action: `sts:${operation}`, resource: String(input['RoleArn']) }];
    case 'monitoring':
      return [
        {
          action: `cloudwatch:${operation}`,
          resource: '*',
          context: { 'cloudwatch:namespace': String(input['Namespace']) },
        },
      ];
    case 'sqs':
      return [{ action: `sqs:${operation}`, resource: String(input['QueueUrl']).split('/').at(-1) ?? '' }];
    case 'events':
      return [...new Set((input['Entries'] as readonly { readonly EventBusName: string }[]).map(busOf))].map((bus) => ({
        action: `events:${operation}`,
        resource: `arn:aws:events:${request.region}:${request.caller.account}:event-bus/${bus}`,
      }));
    case 's3':
      return [
        {
          action: `s3:${operation}`,
          resource: `arn:aws:s3:::${String(input['Bucket'])}/${String(input['Key'])}`,
          context: { 'aws:ResourceAccount': request.caller.account },
        },
      ];
    default:
      return assertNever(service);
  }
}

const busOf = ({ EventBusName }: { readonly EventBusName: string }) => EventBusName.split('/').at(-1) ?? '';
