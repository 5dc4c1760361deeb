# Points database URLs of the form dialect+driver://user:password@host:port/database at another host; user, password, port,
# database and parameters stay. A list of hosts becomes the one host. Give the destination the variable DATABASE_HOST.
#
# with DATABASE_HOST=orders.eu
# < postgresql+psycopg2://app:p%40ss@orders.us:5432/app?sslmode=require
# > postgresql+psycopg2://app:p%40ss@orders.eu:5432/app?sslmode=require
# < mysql+pymysql://app@orders.us/app?contact=a@b
# > mysql+pymysql://app@orders.eu/app?contact=a@b
# < postgresql://app:p@ss@orders.us:5432/app
# > postgresql://app:p@ss@orders.eu:5432/app
# < postgresql://app@a.us:5432,b.us:5432/app
# > postgresql://app@orders.eu:5432/app
# < postgres://orders.us:5432/app
# > postgres://orders.eu:5432/app
# < oracle+oracledb://app:secret@[2001:db8::1]:1521/?service_name=APP
# > oracle+oracledb://app:secret@orders.eu:1521/?service_name=APP
# < {"a":"mssql+pyodbc://app:x@orders.us/app","b":"mariadb://orders.us","c":"https://orders.us/"}
# > {"a":"mssql+pyodbc://app:x@orders.eu/app","b":"mariadb://orders.eu","c":"https://orders.us/"}
# < sqlite:///app.db mssql+pyodbc:///?odbc_connect=abc
# > sqlite:///app.db mssql+pyodbc:///?odbc_connect=abc

# \1 scheme and user, \5 host, \6 port, \7 more hosts.
s#\(\(postgresql\|postgres\|mysql\|mariadb\|mssql\|oracle\|redshift\|cockroachdb\)\(+[a-z0-9_]*\)\{0,1\}://\([^/?" ]*@\)\{0,1\}\)\(\[[^]" ]*\]\|[^][/:?@,"' ]\{1,\}\)\(:[0-9]*\)\{0,1\}\(,[^/?" ]*\)\{0,1\}#\1${DATABASE_HOST}\6#g
