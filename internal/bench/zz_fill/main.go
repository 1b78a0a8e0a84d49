package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

func main() {
	scale, _ := strconv.ParseFloat(os.Args[2], 64)
	t := time.Now()
	w, err := world.New(1, scale)
	if err != nil {
		panic(err)
	}
	s := demo.Systems(w)
	fmt.Println("invented", time.Since(t))
	if err := fill.Fill(context.Background(), os.Args[1], demo.Databases(s), nil); err != nil {
		panic(err)
	}
	fmt.Println("filled", time.Since(t))
}
