# Moves everything that names the source account to the destination account: ARNs, registry hosts, queue URLs, settings.
# Left alone: names that merely contain the number (logs-111122223333), and longer numbers.
#
# with SOURCE_ACCOUNT_ID=111122223333 ACCOUNT_ID=444455556666
# < arn:aws:iam::111122223333:role/reader arn:aws-cn:sqs:cn-north-1:111122223333:orders
# > arn:aws:iam::444455556666:role/reader arn:aws-cn:sqs:cn-north-1:444455556666:orders
# < 111122223333.dkr.ecr.us-east-1.amazonaws.com/api:4 111122223333.s3-control.us-east-1.amazonaws.com
# > 444455556666.dkr.ecr.us-east-1.amazonaws.com/api:4 444455556666.s3-control.us-east-1.amazonaws.com
# < https://sqs.us-east-1.amazonaws.com/111122223333/orders ?role=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Freader
# > https://sqs.us-east-1.amazonaws.com/444455556666/orders ?role=arn%3Aaws%3Aiam%3A%3A444455556666%3Arole%2Freader
# < {"accounts":["111122223333","111122223333"],"account":111122223333,"text":"a\n111122223333"}
# > {"accounts":["444455556666","444455556666"],"account":444455556666,"text":"a\n444455556666"}
# < bucket logs-111122223333, order 1111222233334, 0111122223333
# > bucket logs-111122223333, order 1111222233334, 0111122223333

# A number begins after a sign of its own, after %3A and the like in a URL, or after \n and the like in a text inside JSON.
s/\(^\|[^A-Za-z0-9_-]\|%[0-9A-Fa-f][0-9A-Fa-f]\|\\[nrt]\)${SOURCE_ACCOUNT_ID}\($\|[^A-Za-z0-9_-]\)/\1${ACCOUNT_ID}\2/g
# Once more: of two accounts side by side, the character between them belonged to the first.
s/\(^\|[^A-Za-z0-9_-]\|%[0-9A-Fa-f][0-9A-Fa-f]\|\\[nrt]\)${SOURCE_ACCOUNT_ID}\($\|[^A-Za-z0-9_-]\)/\1${ACCOUNT_ID}\2/g
