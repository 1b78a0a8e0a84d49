package config

import (
	"errors"
	"io/fs"
	"net"
	"net/netip"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// reader reads the file and gathers findings. Its methods go on after a finding, with an empty
// value for what could not be read. It shows no lines: they may hold passwords.
type reader struct {
	yamlfile.Reader
	dir string
	env func(string) (string, bool)
}

// path resolves a path of the file.
func (r *reader) path(text string) string {
	if filepath.IsAbs(text) {
		return text
	}
	return filepath.Join(r.dir, text)
}

// longest is the longest time that can be waited for anything.
const longest = 10 * time.Minute

// duration reads a time such as 10s; 0 when it is absent.
func (r *reader) duration(d yamlfile.Dict, key string) time.Duration {
	text, ok := d.Value(key)
	if !ok {
		return 0
	}
	took, err := time.ParseDuration(text)
	if err != nil || took <= 0 || took > longest {
		r.Add(d.At(key), "%s must be a time with its unit, as in 500ms, 10s or 2m, up to %s, not %q", key, longest,
			text)
		return 0
	}
	return took
}

// offset reads a time zone as MySQL takes it without tables of zones; "" when it is absent.
func (r *reader) offset(d yamlfile.Dict, key string) string {
	text, ok := d.Value(key)
	if !ok {
		return ""
	}
	at, err := time.Parse("-07:00", text)
	_, seconds := at.Zone()
	if err != nil || seconds <= -13*3600 || seconds > 13*3600 {
		r.Add(d.At(key), `%s must be an offset such as "+08:00", in quotes, not %q`, key, text)
		return ""
	}
	return text
}

// address reads a host:port to listen on.
func (r *reader) address(d yamlfile.Dict, key, absent string) string {
	text, ok := d.Value(key)
	if !ok {
		return absent
	}
	_, port, err := net.SplitHostPort(text)
	if n, numeric := strconv.Atoi(port); err != nil || numeric != nil || n < 0 || n > 65535 {
		r.Add(d.At(key), "%s must be host:port, as in %s, not %q", key, DefaultListen, text)
	}
	return text
}

// sameAddress is whether two addresses cannot both be listened on: the port is one, and so is the host, or
// one of them stands for all hosts.
func sameAddress(a, b string) bool {
	hostA, portA, _ := net.SplitHostPort(a)
	hostB, portB, _ := net.SplitHostPort(b)
	every := func(host string) bool {
		address, err := netip.ParseAddr(host)
		return host == "" || err == nil && address.IsUnspecified()
	}
	return portA == portB && portA != "0" && portA != "" &&
		(strings.EqualFold(hostA, hostB) || every(hostA) || every(hostB))
}

// networks reads a list of addresses and networks, 10.1.2.3 or 10.1.0.0/16; nil when it is
// absent.
func (r *reader) networks(d yamlfile.Dict, key string) (list []netip.Prefix) {
	at := d.Get(key)
	if at == nil {
		return nil
	}
	if at.Kind != yamlfile.List || len(at.Items) == 0 {
		r.Add(at.Pos,
			"%s must be a list of addresses or networks, as in [10.1.0.0/16]; leave it out when clients come directly",
			key)
		return nil
	}
	for _, item := range at.Items {
		if network, err := netip.ParsePrefix(item.Text); err == nil {
			list = append(list, network.Masked())
		} else if address, err := netip.ParseAddr(item.Text); err == nil {
			list = append(list, netip.PrefixFrom(address, address.BitLen()))
		} else {
			r.Add(item.Pos, "%s: %q is no address and no network, as in 10.1.2.3 or 10.1.0.0/16", key, item.Text)
		}
	}
	return list
}

// reason shortens an error of the file system to what went wrong where.
func reason(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Path + ": " + e.Err.Error()
	}
	return err.Error()
}
