package main

import (
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

type held struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

type paid struct {
	Status  string            `json:"status"`
	Tickets []json.RawMessage `json:"tickets"`
}

const card = `{"method":"sandbox","card":"4242424242424242"}`

// Closed loop: each client holds two seats, pays, has its tickets, and comes back for the next.
func orders(host string, bodies []string, clients int, seconds float64) (map[string]any, error) {
	var next, done, failed atomic.Int64
	var first atomic.Value
	latency := newLatencies("hold", "confirm")
	begin := time.Now()
	until := begin.Add(time.Duration(seconds * float64(time.Second)))
	var group sync.WaitGroup
	for client := 0; client < clients; client++ {
		group.Go(func() {
			c, err := dial(host)
			for err == nil && time.Now().Before(until) {
				at := int(next.Add(1)) - 1
				if at >= len(bodies) {
					return
				}
				if err = buy(c, bodies[at], fmt.Sprintf("bench-%d-%d", begin.UnixNano(), at), latency); err == nil {
					done.Add(1)
				}
			}
			if err != nil {
				failed.Add(1)
				first.CompareAndSwap(nil, err.Error())
			}
		})
	}
	group.Wait()
	result := latency.summary()
	result["done"] = done.Load()
	result["failed"] = failed.Load()
	result["seconds"] = time.Since(begin).Seconds()
	if reason := first.Load(); reason != nil {
		result["reason"] = reason
	}
	return result, nil
}

func buy(c *conn, body, key string, latency *latencies) error {
	began := time.Now()
	status, answer, err := c.ask("POST", "/api/orders", "Idempotency-Key: "+key+"-hold\r\n", body)
	if err != nil || status != 201 {
		return refusal("hold", status, answer, err)
	}
	latency.add("hold", time.Since(began))
	var order held
	if err := json.Unmarshal(answer, &order); err != nil {
		return err
	}
	proof := "X-Order-Secret: " + order.Secret + "\r\n"
	began = time.Now()
	status, answer, err = c.ask("POST", "/api/orders/"+order.ID+"/payment", proof+"Idempotency-Key: "+key+"-pay\r\n", card)
	if err != nil || (status != 200 && status != 202) {
		return refusal("payment", status, answer, err)
	}
	latency.add("confirm", time.Since(began))
	for status == 202 {
		time.Sleep(50 * time.Millisecond)
		if status, answer, err = c.ask("GET", "/api/orders/"+order.ID, proof, ""); err != nil || status != 200 {
			return refusal("order", status, answer, err)
		}
		var now paid
		if err := json.Unmarshal(answer, &now); err != nil {
			return err
		}
		if now.Status == "paying" {
			status = 202
		}
	}
	var end paid
	if err := json.Unmarshal(answer, &end); err != nil {
		return err
	}
	if end.Status != "confirmed" || len(end.Tickets) != 2 {
		return fmt.Errorf("order %s ended %s with %d tickets", order.ID, end.Status, len(end.Tickets))
	}
	return nil
}

func refusal(what string, status int, answer []byte, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return fmt.Errorf("%s: %d %.300s", what, status, answer)
}
