# Points JDBC URLs at another host; port, database and parameters stay. A list of hosts becomes the one host, with the
# port of the list's first. Give the destination the variable DATABASE_HOST.
#
# with DATABASE_HOST=orders.eu
# < jdbc:postgresql://orders.us:5432/app?ssl=true
# > jdbc:postgresql://orders.eu:5432/app?ssl=true
# < jdbc:aws-wrapper:mysql://orders.us/app
# > jdbc:aws-wrapper:mysql://orders.eu/app
# < jdbc:mysql:replication://a.us:3306,b.us:3306/app
# > jdbc:mysql:replication://orders.eu:3306/app
# < jdbc:sqlserver://orders.us:1433;databaseName=app;encrypt=true
# > jdbc:sqlserver://orders.eu:1433;databaseName=app;encrypt=true
# < jdbc:oracle:thin:@//orders.us:1521/APP
# > jdbc:oracle:thin:@//orders.eu:1521/APP
# < jdbc:oracle:thin:@orders.us:1521:APP
# > jdbc:oracle:thin:@orders.eu:1521:APP
# < {"url":"jdbc:postgresql://orders.us/app","docs":"https://orders.us/docs"}
# > {"url":"jdbc:postgresql://orders.eu/app","docs":"https://orders.us/docs"}

s#\(jdbc:[a-z0-9:-]*://\)[^/:;?,"]*\(:[0-9]*\)\{0,1\}\(,[^/;?"]*\)\{0,1\}#\1${DATABASE_HOST}\2#g
s#\(jdbc:oracle:thin:[^@"]*@\(//\)\{0,1\}\)[^/:"]*#\1${DATABASE_HOST}#g
