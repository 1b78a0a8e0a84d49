package database

import (
	"strings"
	"testing"
)

func TestExcess(t *testing.T) {
	for grant, want := range map[string]string{
		"GRANT USAGE ON *.* TO 'reader'@'%' IDENTIFIED BY PASSWORD '*00'":          "",
		"GRANT SELECT ON `flyz`.* TO 'reader'@'%'":                                 "",
		"GRANT SELECT, SHOW VIEW ON `flyz`.* TO `reader`@`%`":                      "",
		"GRANT SELECT (id, xm), INSERT (id, xm) ON `a`.`b` TO 'r'@'%'":             "INSERT on `a`.`b`",
		"GRANT SELECT, INSERT, UPDATE ON `flyz`.* TO 'reader'@'%'":                 "INSERT on `flyz`.*; UPDATE on `flyz`.*",
		"GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost' WITH GRANT OPTION":      "ALL PRIVILEGES on *.*; GRANT OPTION on *.*",
		"GRANT SELECT ON `a ON b`.* TO 'INSERT ON c TO'@'%'":                       "",
		"GRANT FILE ON *.* TO 'reader'@'%'":                                        "FILE on *.*",
		"GRANT EXECUTE ON FUNCTION `a`.`f` TO 'r'@'%'":                             "EXECUTE on FUNCTION `a`.`f`",
		"GRANT `clerks`@`%` TO `reader`@`%`":                                       "what the role `clerks`@`%` may",
		"GRANT PROXY ON ''@'' TO 'root'@'localhost' WITH GRANT OPTION":             "PROXY on an account",
		"GRANT SYSTEM_VARIABLES_ADMIN,BACKUP_ADMIN ON *.* TO `r`@`%`":              "SYSTEM_VARIABLES_ADMIN on *.*; BACKUP_ADMIN on *.*",
		"GRANT CREATE TEMPORARY TABLES, LOCK TABLES ON `a`.* TO 'r'@'%'":           "CREATE TEMPORARY TABLES on `a`.*; LOCK TABLES on `a`.*",
		"SET DEFAULT ROLE `clerks` FOR `reader`@`%`":                               "",
		"GRANT REPLICATION CLIENT, PROCESS, SHOW DATABASES ON *.* TO 'reader'@'%'": "",
	} {
		if got := strings.Join(excess(grant), "; "); got != want {
			t.Errorf("%s: %q, want %q", grant, got, want)
		}
	}
}
