package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// One WebSocket that only listens; it speaks as much of RFC 6455 as that takes.
func listen(host, path string) (*conn, error) {
	c, err := dial(host)
	if err != nil {
		return nil, err
	}
	request := "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
	if _, err := io.WriteString(c.socket, request); err != nil {
		return nil, err
	}
	status, err := c.reader.ReadString('\n')
	if err != nil || !strings.Contains(status, " 101 ") {
		return nil, fmt.Errorf("no WebSocket but %q (%v)", strings.TrimSpace(status), err)
	}
	for {
		line, err := c.reader.ReadString('\n')
		if err != nil {
			return nil, err
		}
		if strings.TrimRight(line, "\r\n") == "" {
			return c, nil
		}
	}
}

// The next text; pings are answered, and a close is an error.
func (c *conn) text(buffer []byte) ([]byte, error) {
	for {
		var head [2]byte
		if _, err := io.ReadFull(c.reader, head[:]); err != nil {
			return nil, err
		}
		length := int(head[1] & 127)
		switch length {
		case 126:
			var more [2]byte
			if _, err := io.ReadFull(c.reader, more[:]); err != nil {
				return nil, err
			}
			length = int(binary.BigEndian.Uint16(more[:]))
		case 127:
			var more [8]byte
			if _, err := io.ReadFull(c.reader, more[:]); err != nil {
				return nil, err
			}
			length = int(binary.BigEndian.Uint64(more[:]))
		}
		if cap(buffer) < length {
			buffer = make([]byte, length)
		}
		buffer = buffer[:length]
		if _, err := io.ReadFull(c.reader, buffer); err != nil {
			return nil, err
		}
		switch head[0] & 15 {
		case 1:
			return buffer, nil
		case 8:
			return nil, fmt.Errorf("the server closed the socket")
		case 9:
			// Masked with zeros, as a client must mask, so that the bytes stay as they are.
			pong := append([]byte{0x8a, 0x80 | byte(length), 0, 0, 0, 0}, buffer...)
			if _, err := c.socket.Write(pong); err != nil {
				return nil, err
			}
		}
	}
}
