// Command demo shows the gateway on five invented legacy systems: an embedded MySQL-wire
// engine with realistic, dirty data, the gateway on top, and the playground, in one
// process and without the internet. With -dsn the same data fill a real MySQL or MariaDB.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}
