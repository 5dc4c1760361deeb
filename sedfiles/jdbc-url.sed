# Points JDBC URLs at another host; user, port, database and parameters stay. A list of hosts becomes the one host, with the
# port of the list's first. Give the destination the variable DATABASE_HOST.
# Left alone: URLs without a host (jdbc:h2:mem:app) and MySQL's form with keys, address=(host=…).
#
# with DATABASE_HOST=orders.eu
# < jdbc:postgresql://orders.us:5432/app?ssl=true
# > jdbc:postgresql://orders.eu:5432/app?ssl=true
# < jdbc:aws-wrapper:mysql://orders.us/app
# > jdbc:aws-wrapper:mysql://orders.eu/app
# < jdbc:mysql:replication://a.us:3306,b.us:3306/app
# > jdbc:mysql:replication://orders.eu:3306/app
# < jdbc:mysql://app:p4ss@orders.us:3306/app?user=a@b
# > jdbc:mysql://app:p4ss@orders.eu:3306/app?user=a@b
# < jdbc:postgresql://[2001:db8::1]:5432/app
# > jdbc:postgresql://orders.eu:5432/app
# < jdbc:sqlserver://orders.us:1433;databaseName=app;encrypt=true
# > jdbc:sqlserver://orders.eu:1433;databaseName=app;encrypt=true
# < jdbc:oracle:thin:@//orders.us:1521/APP
# > jdbc:oracle:thin:@//orders.eu:1521/APP
# < jdbc:oracle:thin:@orders.us:1521:APP jdbc:oracle:thin:app/secret@orders.us:1521:APP
# > jdbc:oracle:thin:@orders.eu:1521:APP jdbc:oracle:thin:app/secret@orders.eu:1521:APP
# < jdbc:oracle:thin:@tcps://orders.us:2484/APP
# > jdbc:oracle:thin:@tcps://orders.eu:2484/APP
# < jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST=orders.us)(PORT=1521))(CONNECT_DATA=(SID=APP)))
# > jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST=orders.eu)(PORT=1521))(CONNECT_DATA=(SID=APP)))
# < {"url":"jdbc:postgresql://orders.us/app","docs":"https://orders.us/docs"}
# > {"url":"jdbc:postgresql://orders.eu/app","docs":"https://orders.us/docs"}
# < jdbc:h2:mem:app jdbc:mysql://address=(host=orders.us)(port=3306)/app
# > jdbc:h2:mem:app jdbc:mysql://address=(host=orders.us)(port=3306)/app

# \1 scheme, \2 user, \3 host, \4 port, \5 more hosts, \6 what must follow.
s#\(jdbc:[a-z0-9:-]*://\([^@/?;" ]*@\)\{0,1\}\)\(\[[^]" ]*\]\|[^][/:;?,@"(= ]\{1,\}\)\(:[0-9]*\)\{0,1\}\(,[^/;?" ]*\)\{0,1\}\($\|[/;?"' ]\)#\1${DATABASE_HOST}\4\6#g
s#\(jdbc:oracle:thin:[^@" ]*@\(//\|tcps\{0,1\}://\)\{0,1\}\)[^][/:@"( ]\{1,\}\($\|[/:"' ]\)#\1${DATABASE_HOST}\3#g
/jdbc:oracle:/s/\((HOST *= *\)[^)"]*/\1${DATABASE_HOST}/gI
