# Points a database secret of the RDS form, {"host": …, "port": …}, at another host; everything else stays.
# Give the destination the variable DATABASE_HOST.
#
# with DATABASE_HOST=orders.xyz789.eu-west-1.rds.amazonaws.com
# < {"engine":"postgres","host":"orders.abc123.us-east-1.rds.amazonaws.com","port":5432,"username":"app"}
# > {"engine":"postgres","host":"orders.xyz789.eu-west-1.rds.amazonaws.com","port":5432,"username":"app"}
# < { "host" : "db-a", "hostname": "web-1" }
# > { "host" : "orders.xyz789.eu-west-1.rds.amazonaws.com", "hostname": "web-1" }
# < {
# <   "host": "db-a",
# <   "password": "host: db-a"
# < }
# > {
# >   "host": "orders.xyz789.eu-west-1.rds.amazonaws.com",
# >   "password": "host: db-a"
# > }

s/\("host"[[:blank:]]*:[[:blank:]]*"\)[^"]*"/\1${DATABASE_HOST}"/g
