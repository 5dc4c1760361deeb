import type { Template } from './synthesized.js';

/** Of each type of resource the properties that tests look at. */
interface Properties {
  readonly 'AWS::SQS::Queue': {
    readonly VisibilityTimeout?: number;
    readonly RedrivePolicy?: { readonly maxReceiveCount: number };
  };
  readonly 'AWS::SQS::QueuePolicy': {
    readonly PolicyDocument: { readonly Statement: readonly object[] };
    readonly Queues: readonly object[];
  };
  readonly 'AWS::Events::Rule': {
    readonly EventPattern: Readonly<Record<string, unknown>>;
    readonly Targets: readonly { readonly DeadLetterConfig: object; readonly RetryPolicy: object }[];
  };
  readonly 'AWS::Lambda::Function': {
    readonly Code: { readonly S3Bucket: object; readonly S3Key: string };
    readonly Timeout: number;
    readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
  };
  readonly 'AWS::Lambda::EventSourceMapping': { readonly ScalingConfig: { readonly MaximumConcurrency: number } };
  readonly 'AWS::Logs::LogGroup': { readonly RetentionInDays: number };
  readonly 'AWS::IAM::Role': {
    readonly RoleName?: string;
    readonly AssumeRolePolicyDocument: { readonly Statement: readonly object[] };
  };
  readonly 'AWS::IAM::Policy': { readonly PolicyDocument: unknown; readonly Roles: readonly unknown[] };
  readonly 'AWS::IAM::ManagedPolicy': { readonly PolicyDocument: unknown; readonly Roles: readonly unknown[] };
  readonly 'AWS::Lambda::Permission': { readonly Principal: string; readonly SourceArn: unknown };
  readonly 'AWS::Lambda::EventInvokeConfig': { readonly DestinationConfig: unknown };
  readonly 'AWS::CloudTrail::Trail': { readonly S3BucketName: unknown };
  readonly 'AWS::S3::Bucket': object;
  readonly 'AWS::S3::BucketPolicy': { readonly PolicyDocument: unknown };
  readonly 'AWS::Events::Connection': { readonly AuthParameters: unknown };
  readonly 'AWS::Events::ApiDestination': { readonly InvocationEndpoint: unknown };
  readonly 'AWS::Logs::QueryDefinition': {
    readonly Name: string;
    readonly QueryString: string;
    readonly LogGroupNames: readonly unknown[];
  };
  readonly 'AWS::Scheduler::Schedule': {
    readonly Target: {
      readonly RoleArn: unknown;
      readonly RetryPolicy: object;
      readonly DeadLetterConfig: object;
    };
  };
  readonly 'AWS::SNS::Topic': { readonly KmsMasterKeyId: unknown };
  readonly 'AWS::SNS::TopicPolicy': { readonly PolicyDocument: unknown };
  readonly 'AWS::SNS::Subscription': { readonly Protocol: string; readonly Endpoint: string };
  readonly 'AWS::KMS::Key': { readonly EnableKeyRotation: boolean; readonly KeyPolicy: unknown };
  readonly 'AWS::CloudWatch::Dashboard': { readonly DashboardName: string; readonly DashboardBody: unknown };
  readonly 'AWS::CloudWatch::Alarm': {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions?: readonly unknown[];
    readonly AlarmDescription: unknown;
    readonly AlarmActions?: readonly unknown[];
    readonly OKActions?: readonly unknown[];
  };
}

type ResourceType = keyof Properties;

/** Properties of every resource of a type, by logical id. */
export function propertiesOf<Type extends ResourceType>(
  { Resources }: Template,
  type: Type,
): ReadonlyMap<string, Properties[Type]> {
  return new Map(
    Object.entries(Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => [id, resource.Properties as unknown as Properties[Type]]),
  );
}

/** The properties of the only resource of a type. */
export function onlyOne<Type extends ResourceType>(template: Template, type: Type): Properties[Type] {
  const [one, ...more] = propertiesOf(template, type).values();
  if (one === undefined || more.length > 0) throw new Error(`there is not exactly one ${type}`);
  return one;
}

/** The account and partition that templates are read for. */
export const ACCOUNT = '111122223333';
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': ACCOUNT,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A template's value as it will be once deployed; an attribute of a resource reads `<logical id>.<attribute>`. */
export function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument] = ['', undefined]] = Object.entries(value);
  if (key === 'Ref') return PSEUDO[String(argument)] ?? String(argument);
  if (key === 'Fn::GetAtt') return (argument as string[]).join('.');
  if (key === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(resolved).join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member)]));
}
