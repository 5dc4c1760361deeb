# Moves everything that names the source region to the destination region: endpoints, ARNs, queue URLs and settings.
# Both regions are of one partition: aws, aws-cn or aws-us-gov.
# Left alone, because the other region has its own: availability zones (us-east-1a), Cognito's ids (us-east-1_…,
# us-east-1:<uuid>), and names that merely contain a region (logs-us-east-1-backup). Short codes (use1): region-codes.sed.
# Not seen: what names no region (queue.amazonaws.com, *.ec2.internal) and other spellings (US_EAST_1).
#
# with SOURCE_REGION=us-east-1 REGION=us-west-2
# < orders.abc123.us-east-1.rds.amazonaws.com:5432 orders.cluster-ro-abc123.us-east-1.rds.amazonaws.com
# > orders.abc123.us-west-2.rds.amazonaws.com:5432 orders.cluster-ro-abc123.us-west-2.rds.amazonaws.com
# < orders.proxy-abc123.us-east-1.rds.amazonaws.com docs.cluster-abc.us-east-1.docdb.amazonaws.com
# > orders.proxy-abc123.us-west-2.rds.amazonaws.com docs.cluster-abc.us-west-2.docdb.amazonaws.com
# < arn:aws:sns:us-east-1:111122223333:orders arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-AbCdEf
# > arn:aws:sns:us-west-2:111122223333:orders arn:aws:secretsmanager:us-west-2:111122223333:secret:app/db-AbCdEf
# < https://sqs.us-east-1.amazonaws.com/111122223333/orders https://us-east-1.queue.amazonaws.com/111122223333/orders
# > https://sqs.us-west-2.amazonaws.com/111122223333/orders https://us-west-2.queue.amazonaws.com/111122223333/orders
# < https://reports.s3.us-east-1.amazonaws.com https://s3.us-east-1.amazonaws.com/reports https://s3-us-east-1.amazonaws.com/reports
# > https://reports.s3.us-west-2.amazonaws.com https://s3.us-west-2.amazonaws.com/reports https://s3-us-west-2.amazonaws.com/reports
# < https://r.s3.dualstack.us-east-1.amazonaws.com https://s3-fips.dualstack.us-east-1.amazonaws.com https://kms-fips.us-east-1.amazonaws.com
# > https://r.s3.dualstack.us-west-2.amazonaws.com https://s3-fips.dualstack.us-west-2.amazonaws.com https://kms-fips.us-west-2.amazonaws.com
# < http://reports.s3-website-us-east-1.amazonaws.com http://reports.s3-website.us-east-1.amazonaws.com
# > http://reports.s3-website-us-west-2.amazonaws.com http://reports.s3-website.us-west-2.amazonaws.com
# < ap-111122223333.s3-accesspoint.us-east-1.amazonaws.com 111122223333.s3-control.us-east-1.amazonaws.com
# > ap-111122223333.s3-accesspoint.us-west-2.amazonaws.com 111122223333.s3-control.us-west-2.amazonaws.com
# < 111122223333.dkr.ecr.us-east-1.amazonaws.com/api:4 111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/api
# > 111122223333.dkr.ecr.us-west-2.amazonaws.com/api:4 111122223333.dkr.ecr-fips.us-west-2.amazonaws.com/api
# < b-1.orders.abc.c2.kafka.us-east-1.amazonaws.com:9098,b-2.orders.abc.c2.kafka.us-east-1.amazonaws.com:9098
# > b-1.orders.abc.c2.kafka.us-west-2.amazonaws.com:9098,b-2.orders.abc.c2.kafka.us-west-2.amazonaws.com:9098
# < https://vpc-logs-abc.us-east-1.es.amazonaws.com https://abc.us-east-1.aoss.amazonaws.com https://search-x.aos.us-east-1.on.aws
# > https://vpc-logs-abc.us-west-2.es.amazonaws.com https://abc.us-west-2.aoss.amazonaws.com https://search-x.aos.us-west-2.on.aws
# < https://a1b2c3.execute-api.us-east-1.amazonaws.com/prod https://abc.lambda-url.us-east-1.on.aws
# > https://a1b2c3.execute-api.us-west-2.amazonaws.com/prod https://abc.lambda-url.us-west-2.on.aws
# < web-1234.us-east-1.elb.amazonaws.com net-1234.elb.us-east-1.amazonaws.com fs-0a1b.efs.us-east-1.amazonaws.com
# > web-1234.us-west-2.elb.amazonaws.com net-1234.elb.us-west-2.amazonaws.com fs-0a1b.efs.us-west-2.amazonaws.com
# < vpce-0a1b-2c3d.sqs.us-east-1.vpce.amazonaws.com com.amazonaws.us-east-1.secretsmanager
# > vpce-0a1b-2c3d.sqs.us-west-2.vpce.amazonaws.com com.amazonaws.us-west-2.secretsmanager
# < {"region":"us-east-1","regions":["us-east-1","us-east-1"],"text":"[a]\nus-east-1\nus-east-1"}
# > {"region":"us-west-2","regions":["us-west-2","us-west-2"],"text":"[a]\nus-west-2\nus-west-2"}
# < ?topic=arn%3Aaws%3Asns%3Aus-east-1%3A111122223333%3Aorders&regions=us-east-1%2Cus-east-1
# > ?topic=arn%3Aaws%3Asns%3Aus-west-2%3A111122223333%3Aorders&regions=us-west-2%2Cus-west-2
# < zone us-east-1a, bucket logs-us-east-1-backup, region us-east-10, xus-east-1, AWS_us-east-1
# > zone us-east-1a, bucket logs-us-east-1-backup, region us-east-10, xus-east-1, AWS_us-east-1
# < https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf us-east-1:0a1b2c3d-1111-2222-3333-444455556666
# > https://cognito-idp.us-west-2.amazonaws.com/us-east-1_AbCdEf us-east-1:0a1b2c3d-1111-2222-3333-444455556666
# < use1-az4 orders.abc123.0001.use1.cache.amazonaws.com
# > use1-az4 orders.abc123.0001.use1.cache.amazonaws.com
# with SOURCE_REGION=cn-north-1 REGION=cn-northwest-1
# < orders.abc.rds.cn-north-1.amazonaws.com.cn arn:aws-cn:sqs:cn-north-1:111122223333:orders
# > orders.abc.rds.cn-northwest-1.amazonaws.com.cn arn:aws-cn:sqs:cn-northwest-1:111122223333:orders
# < https://reports.s3.cn-north-1.amazonaws.com.cn 111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/api
# > https://reports.s3.cn-northwest-1.amazonaws.com.cn 111122223333.dkr.ecr.cn-northwest-1.amazonaws.com.cn/api
# with SOURCE_REGION=us-gov-west-1 REGION=us-gov-east-1
# < arn:aws-us-gov:s3:us-gov-west-1:111122223333:accesspoint/a https://s3-fips-us-gov-west-1.amazonaws.com/reports
# > arn:aws-us-gov:s3:us-gov-east-1:111122223333:accesspoint/a https://s3-fips-us-gov-east-1.amazonaws.com/reports

# A Cognito identity pool's id gets a mark that makes it another word for the rules below.
s/${SOURCE_REGION}\(:[0-9a-f]\{8\}-[0-9a-f]\{4\}-\)/${SOURCE_REGION}_\x01\1/g
# A word begins after a sign of its own, after %3A and the like in a URL, or after \n and the like in a text inside JSON.
s/\(^\|[^A-Za-z0-9_-]\|%[0-9A-Fa-f][0-9A-Fa-f]\|\\[nrt]\)${SOURCE_REGION}\($\|[^A-Za-z0-9_-]\)/\1${REGION}\2/g
# Once more: of two regions side by side, the character between them belonged to the first.
s/\(^\|[^A-Za-z0-9_-]\|%[0-9A-Fa-f][0-9A-Fa-f]\|\\[nrt]\)${SOURCE_REGION}\($\|[^A-Za-z0-9_-]\)/\1${REGION}\2/g
s/\(s3\|s3-website\|s3-fips\)-${SOURCE_REGION}\.amazonaws\./\1-${REGION}.amazonaws./g
s/_\x01//g
