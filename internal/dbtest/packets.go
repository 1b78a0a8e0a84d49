package dbtest

import "encoding/binary"

// packets reads what a server sends on one connection, packet by packet, and can put an error in
// the place of what is left of an answer, as a server does whose table turns out to be damaged
// in the middle of it.
type packets struct {
	rest    []byte // of a packet that has not come whole
	columns int    // that the answer has still to describe
	rows    int    // of the answer so far
	stage   stage
}

type stage int

const (
	between     stage = iota // no answer has begun
	described                // its columns come
	headed                   // they have come
	inRows                   // its rows come
	unwelcome                // the error has been sent, and the rest is not passed on
	headerBytes = 4
)

// The first bytes of packets.
const (
	isOK    = 0x00
	isEnd   = 0xfe
	isError = 0xff
)

// pass gives what of the bytes that came is to be sent on: all whole packets, and after so many
// rows of an answer an error instead of the others; below 0 it is never one.
func (p *packets) pass(came []byte, rows int) (out []byte) {
	p.rest = append(p.rest, came...)
	for len(p.rest) >= headerBytes {
		length := int(binary.LittleEndian.Uint32(p.rest) & 0xffffff)
		if len(p.rest) < headerBytes+length {
			break
		}
		packet := p.rest[:headerBytes+length]
		p.rest = p.rest[len(packet):]
		out = append(out, p.instead(packet, rows)...)
	}
	return out
}

// instead gives what is sent in place of a packet.
func (p *packets) instead(packet []byte, rows int) []byte {
	number := packet[3]
	first := byte(isOK)
	if len(packet) > headerBytes {
		first = packet[headerBytes]
	}
	isLast := first == isEnd || first == isError
	switch {
	case p.stage == between && number == 1 && first != isOK && !isLast:
		p.stage, p.columns, p.rows = described, int(first), 0
	case p.stage == described:
		if p.columns--; p.columns == 0 {
			p.stage = headed
		}
	case p.stage == headed && first == isEnd:
		p.stage = inRows
	case p.stage == unwelcome:
		if isLast {
			p.stage = between
		}
		return nil
	case p.stage == headed || p.stage == inRows:
		if isLast {
			p.stage = between
			break
		}
		p.stage = inRows
		if p.rows++; rows >= 0 && p.rows > rows {
			p.stage = unwelcome
			return failure(number)
		}
	}
	return packet
}

// failure is the packet of the server's error 1030: the storage engine could not read on.
func failure(number byte) []byte {
	const said = "\xff\x06\x04#HY000Got error 122 from storage engine"
	return append([]byte{byte(len(said)), 0, 0, number}, said...)
}
