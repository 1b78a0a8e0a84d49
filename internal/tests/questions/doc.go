// Package questions holds the tests that keep docs/questions true: each question across
// departments is one operation of the playground's library, its answer on the demo's data is
// compared with the file in docs/questions, and its figures with those that plain Go loops
// over the invented legacy rows give, without a gateway, a server or SQL.
package questions
