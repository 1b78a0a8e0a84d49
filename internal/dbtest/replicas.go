package dbtest

import (
	"fmt"
	"net"
	"testing"
)

// Replicated gives two servers of the test's own, the second of which replicates the first; their
// @@server_id are 1 and 2. They end with the test, which is skipped, or fails in CI, if there is no mariadbd.
func Replicated(t testing.TB) (main, replica *Server) {
	t.Helper()
	servers := make([]*Server, 2)
	for i := range servers {
		servers[i] = Own(t, "--log-bin", fmt.Sprintf("--server-id=%d", i+1), "--slave-net-timeout=4",
			"--master-retry-count=100000")
	}
	host, port, err := net.SplitHostPort(servers[0].config.Addr)
	if err != nil {
		t.Fatal(err)
	}
	db := servers[1].Open(t, "")
	for _, text := range []string{
		fmt.Sprintf("CHANGE MASTER TO MASTER_HOST='%s', MASTER_PORT=%s, MASTER_USER='%s', MASTER_USE_GTID=slave_pos, "+
			"MASTER_CONNECT_RETRY=1", host, port, servers[0].config.User),
		"START SLAVE",
	} {
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	return servers[0], servers[1]
}

// Address is the server's host:port.
func (s *Server) Address() string { return s.config.Addr }
