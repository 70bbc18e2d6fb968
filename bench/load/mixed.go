package main

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// What a mix is made of: `share` of every 1000 requests are this GET, or a whole purchase where path is empty.
type part struct {
	Kind  string `json:"kind"`
	Path  string `json:"path"`
	Share int    `json:"share"`
}

// Open loop: requests start when their time has come, whether or not earlier ones are answered, and their
// latency counts from that time. A purchase is two requests.
func mixed(host string, parts []part, bodies []string, perSecond, seconds float64) (map[string]any, error) {
	schedule := interleave(parts)
	jobs := make(chan job, int(perSecond*seconds)+1)
	latency := newLatencies("hold", "confirm")
	var failed, purchases, late atomic.Int64
	var first atomic.Value
	var group sync.WaitGroup
	for range 256 {
		group.Go(func() {
			var c *conn
			for one := range jobs {
				var err error
				if c == nil {
					c, err = dial(host)
				}
				if err == nil {
					err = one.run(c, latency)
				}
				if err != nil {
					failed.Add(1)
					first.CompareAndSwap(nil, err.Error())
					if c != nil {
						c.socket.Close()
						c = nil
					}
				}
			}
		})
	}
	begin := time.Now()
	total := int(perSecond * seconds)
	var bought int
	for sent := 0; sent < total; sent++ {
		due := begin.Add(time.Duration(float64(sent) / perSecond * float64(time.Second)))
		if wait := time.Until(due); wait > 0 {
			time.Sleep(wait)
		} else if wait < -20*time.Millisecond {
			late.Add(1)
		}
		one := job{part: schedule[sent%len(schedule)], due: due}
		if one.part.Path == "" {
			if bought >= len(bodies) {
				continue
			}
			one.body, one.key = bodies[bought], begin.Format("150405.000000000")+"-bench-"+time.Duration(bought).String()
			bought++
			purchases.Add(1)
		}
		jobs <- one
	}
	close(jobs)
	group.Wait()
	result := latency.summary()
	result["failed"] = failed.Load()
	result["purchases"] = purchases.Load()
	result["late"] = late.Load()
	result["sent"] = total
	result["seconds"] = time.Since(begin).Seconds()
	if reason := first.Load(); reason != nil {
		result["reason"] = reason
	}
	return result, nil
}

type job struct {
	part      part
	due       time.Time
	body, key string
}

func (j job) run(c *conn, latency *latencies) error {
	if j.part.Path == "" {
		return buy(c, j.body, strings.ReplaceAll(j.key, ".", "-"), latency)
	}
	status, answer, err := c.ask("GET", j.part.Path, "Accept-Encoding: gzip\r\n", "")
	if err != nil || status != 200 {
		return refusal(j.part.Kind, status, answer, err)
	}
	latency.add(j.part.Kind, time.Since(j.due))
	return nil
}

// Spreads the parts evenly, so that no kind comes in bursts.
func interleave(parts []part) []part {
	var schedule []part
	owed := make([]int, len(parts))
	for range 1000 {
		most := 0
		for at := range parts {
			owed[at] += parts[at].Share
			if owed[at] > owed[most] {
				most = at
			}
		}
		owed[most] -= 1000
		schedule = append(schedule, parts[most])
	}
	return schedule
}
