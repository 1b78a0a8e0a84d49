package model

// Connection is one page of a Relay connection. All lists of records share it.
type Connection[T any] struct {
	Nodes []*T // the page, never nil
	// HasNext and HasPrevious tell whether the list goes on beyond the page.
	HasNext, HasPrevious bool
	// TotalCount is the exact length of the list up to the cap; nil when it was not
	// asked for or is larger, and then TotalCountAtLeast holds the cap.
	TotalCount        *int
	TotalCountAtLeast *int
}

// Edge is one record of a page with its cursor.
type Edge[T any] struct {
	Node   *T
	Cursor string
}

// placed is implemented by every record through Row.
type placed interface{ Cursor() string }

func cursorOf(node any) string {
	if p, ok := node.(placed); ok {
		return p.Cursor()
	}
	return ""
}

// Edges pairs the nodes with their cursors.
func (c *Connection[T]) Edges() []*Edge[T] {
	edges := make([]*Edge[T], len(c.Nodes))
	for i, n := range c.Nodes {
		edges[i] = &Edge[T]{Node: n, Cursor: cursorOf(n)}
	}
	return edges
}

// PageInfo describes the page's place in the list; its cursors are nil on an empty page.
func (c *Connection[T]) PageInfo() *PageInfo {
	info := &PageInfo{HasNextPage: c.HasNext, HasPreviousPage: c.HasPrevious}
	if n := len(c.Nodes); n > 0 {
		first, last := cursorOf(c.Nodes[0]), cursorOf(c.Nodes[n-1])
		info.StartCursor, info.EndCursor = &first, &last
	}
	return info
}
