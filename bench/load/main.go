// Load for the benches that wrk cannot drive: purchases of several requests, and a constant rate.
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
}

func main() {
	var wanted plan
	if err := json.NewDecoder(os.Stdin).Decode(&wanted); err != nil {
		fail(err)
	}
	var result map[string]any
	var err error
	if wanted.Mode == "orders" {
		result, err = orders(wanted.Host, wanted.Bodies, wanted.Clients, wanted.Seconds)
	} else {
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
