# Moves everything that names the source region to the destination region: endpoints, ARNs, queue URLs and settings.
# Left alone, because the other region has its own: availability zones (us-east-1a), Cognito pool ids (us-east-1_…),
# and names that merely contain a region (logs-us-east-1-backup).
#
# with SOURCE_REGION=us-east-1 REGION=us-west-2
# < orders.abc123.us-east-1.rds.amazonaws.com:5432
# > orders.abc123.us-west-2.rds.amazonaws.com:5432
# < arn:aws:sns:us-east-1:111122223333:orders
# > arn:aws:sns:us-west-2:111122223333:orders
# < https://sqs.us-east-1.amazonaws.com/111122223333/orders
# > https://sqs.us-west-2.amazonaws.com/111122223333/orders
# < https://reports.s3.us-east-1.amazonaws.com https://s3-us-east-1.amazonaws.com/reports
# > https://reports.s3.us-west-2.amazonaws.com https://s3-us-west-2.amazonaws.com/reports
# < http://reports.s3-website-us-east-1.amazonaws.com
# > http://reports.s3-website-us-west-2.amazonaws.com
# < vpce-0a1b-2c3d.sqs.us-east-1.vpce.amazonaws.com
# > vpce-0a1b-2c3d.sqs.us-west-2.vpce.amazonaws.com
# < {"region":"us-east-1","regions":["us-east-1","us-east-1"]}
# > {"region":"us-west-2","regions":["us-west-2","us-west-2"]}
# < zone us-east-1a, bucket logs-us-east-1-backup, region us-east-10
# > zone us-east-1a, bucket logs-us-east-1-backup, region us-east-10
# < https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf
# > https://cognito-idp.us-west-2.amazonaws.com/us-east-1_AbCdEf

s/\(^\|[^A-Za-z0-9_-]\)${SOURCE_REGION}\($\|[^A-Za-z0-9_-]\)/\1${REGION}\2/g
# Once more: of two regions side by side, the character between them belonged to the first.
s/\(^\|[^A-Za-z0-9_-]\)${SOURCE_REGION}\($\|[^A-Za-z0-9_-]\)/\1${REGION}\2/g
s/\(s3\|s3-website\)-${SOURCE_REGION}\.amazonaws\./\1-${REGION}.amazonaws./g
