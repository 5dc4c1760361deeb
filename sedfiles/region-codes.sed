# Moves the short region codes in ElastiCache endpoints, which region-swap.sed leaves alone.
# Give the destination the variables FROM_CODE and TO_CODE: use1 is us-east-1, usw2 is us-west-2, euc1 is eu-central-1.
#
# with FROM_CODE=use1 TO_CODE=usw2
# < orders.abc123.0001.use1.cache.amazonaws.com:6379
# > orders.abc123.0001.usw2.cache.amazonaws.com:6379
# < rediss://master.orders.abc123.use1.cache.amazonaws.com:6379,rediss://replica.orders.abc123.use1.cache.amazonaws.com:6379
# > rediss://master.orders.abc123.usw2.cache.amazonaws.com:6379,rediss://replica.orders.abc123.usw2.cache.amazonaws.com:6379
# < {"host":"clustercfg.orders.abc123.use1.cache.amazonaws.com","serverless":"orders-abc123.serverless.use1.cache.amazonaws.com"}
# > {"host":"clustercfg.orders.abc123.usw2.cache.amazonaws.com","serverless":"orders-abc123.serverless.usw2.cache.amazonaws.com"}
# < zone use1-az4, bucket reports--use1-az4--x-s3, cause1.cache.amazonaws.com
# > zone use1-az4, bucket reports--use1-az4--x-s3, cause1.cache.amazonaws.com

s/\.${FROM_CODE}\.cache\.amazonaws\./.${TO_CODE}.cache.amazonaws./g
