// Command gateway serves the graph over a district's legacy systems.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var waiting fanout.Group
	waiting.Go(func() {
		<-ctx.Done()
		stop() // who asks twice does not want to wait
	})
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
