// Load for the benches that wrk cannot drive: purchases of several requests, a constant rate, and sockets.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

type plan struct {
	Mode      string   `json:"mode"`
	Host      string   `json:"host"`
	Seconds   float64  `json:"seconds"`
	Clients   int      `json:"clients"`
	PerSecond float64  `json:"perSecond"`
	Bodies    []string `json:"bodies"`
	Parts     []part   `json:"parts"`
	Sockets   int      `json:"sockets"`
}

func main() {
	var wanted plan
	if err := json.NewDecoder(os.Stdin).Decode(&wanted); err != nil {
		fail(err)
	}
	var result map[string]any
	var err error
	switch wanted.Mode {
	case "orders":
		result, err = orders(wanted.Host, wanted.Bodies, wanted.Clients, wanted.Seconds)
	case "live":
		result, err = live(wanted.Host, wanted.Bodies, wanted.Sockets, wanted.PerSecond, wanted.Seconds)
	default:
		result, err = mixed(wanted.Host, wanted.Parts, wanted.Bodies, wanted.PerSecond, wanted.Seconds)
	}
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
