# Points database URLs of the form dialect+driver://user:password@host:port/database at another host; user, password, port,
# database and parameters stay. Give the destination the variable DATABASE_HOST.
#
# with DATABASE_HOST=orders.eu
# < postgresql+psycopg2://app:p%40ss@orders.us:5432/app?sslmode=require
# > postgresql+psycopg2://app:p%40ss@orders.eu:5432/app?sslmode=require
# < mysql+pymysql://app@orders.us/app
# > mysql+pymysql://app@orders.eu/app
# < postgres://orders.us:5432/app
# > postgres://orders.eu:5432/app
# < oracle+oracledb://app:secret@[2001:db8::1]:1521/?service_name=APP
# > oracle+oracledb://app:secret@orders.eu:1521/?service_name=APP
# < {"a":"mssql+pyodbc://app:x@orders.us/app","b":"mariadb://orders.us","c":"https://orders.us/"}
# > {"a":"mssql+pyodbc://app:x@orders.eu/app","b":"mariadb://orders.eu","c":"https://orders.us/"}

s#\(\(postgresql\|postgres\|mysql\|mariadb\|mssql\|oracle\)\(+[a-z0-9_]*\)\{0,1\}://\([^@/"]*@\)\{0,1\}\)\(\[[^]"]*\]\|[^][/:?@",]*\)#\1${DATABASE_HOST}#g
