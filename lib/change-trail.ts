import { Duration, Validations } from 'aws-cdk-lib';
import { ManagementEventSources, ReadWriteType, Trail, type CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** EventBridge has each event long before its file is in the bucket, which is only what a trail cannot do without. */
const KEPT = Duration.days(30);
/** Services with many events, none of which is for us. */
const LEFT_OUT = [ManagementEventSources.KMS, ManagementEventSources.RDS_DATA_API];

/** A trail of this region's write events, Secrets Manager's among them, for an account that has none. */
export class ChangeTrail extends Construct {
  readonly trail: Trail;
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: KEPT }],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'The log names secrets and holds no values, and is deleted after 30 days; a log of who read it would need a bucket that has none.',
    });
    this.trail = new Trail(this, 'Trail', {
      // The CDK's types do not tell an optional property from one that may be undefined.
      bucket: this.bucket as IBucket,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: false,
      managementEvents: ReadWriteType.WRITE_ONLY,
    });
    const trail = this.trail.node.defaultChild as CfnTrail;
    trail.addPropertyOverride('EventSelectors.0.ExcludeManagementEventSources', LEFT_OUT);
  }
}
