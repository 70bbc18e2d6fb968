package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
)

// One keep-alive connection that speaks as much HTTP/1.1 as the server's answers need.
type conn struct {
	socket net.Conn
	reader *bufio.Reader
}

func dial(host string) (*conn, error) {
	socket, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	return &conn{socket, bufio.NewReaderSize(socket, 16384)}, nil
}

func (c *conn) ask(method, path, headers, body string) (int, []byte, error) {
	request := method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers
	if body != "" {
		request += "Content-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n"
	}
	if _, err := io.WriteString(c.socket, request+"\r\n"+body); err != nil {
		return 0, nil, err
	}
	return c.answer()
}

func (c *conn) answer() (int, []byte, error) {
	line, err := c.reader.ReadString('\n')
	if err != nil {
		return 0, nil, err
	}
	if len(line) < 12 {
		return 0, nil, fmt.Errorf("no status in %q", line)
	}
	status, err := strconv.Atoi(line[9:12])
	if err != nil {
		return 0, nil, err
	}
	length, chunked := 0, false
	for {
		line, err = c.reader.ReadString('\n')
		if err != nil {
			return 0, nil, err
		}
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			break
		}
		name, value, _ := strings.Cut(line, ":")
		switch strings.ToLower(name) {
		case "content-length":
			length, err = strconv.Atoi(strings.TrimSpace(value))
		case "transfer-encoding":
			chunked = true
		}
		if err != nil {
			return 0, nil, err
		}
	}
	if chunked {
		body, err := c.chunks()
		return status, body, err
	}
	if status == 304 || status == 204 {
		return status, nil, nil
	}
	body := make([]byte, length)
	_, err = io.ReadFull(c.reader, body)
	return status, body, err
}

func (c *conn) chunks() ([]byte, error) {
	var body []byte
	for {
		line, err := c.reader.ReadString('\n')
		if err != nil {
			return nil, err
		}
		size, err := strconv.ParseInt(strings.TrimSpace(line), 16, 64)
		if err != nil {
			return nil, err
		}
		part := make([]byte, size+2)
		if _, err := io.ReadFull(c.reader, part); err != nil {
			return nil, err
		}
		if size == 0 {
			return body, nil
		}
		body = append(body, part[:size]...)
	}
}
