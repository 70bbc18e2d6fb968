package main

import (
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

type wish struct {
	ShowID string `json:"showId"`
	Seats  []struct {
		SeatID string `json:"seatId"`
	} `json:"seats"`
}

// One change of a show, by the request that asked for it, and who has seen it.
type change struct {
	asked time.Time
	seen  atomic.Int64
	last  atomic.Int64
}

// Who watches a show, and what changes in it, by seat.
type stage struct {
	watchers int64
	lock     sync.RWMutex
	of       map[string]*change
}

type frame struct {
	Taken []string `json:"taken"`
}

// Sockets over all shows, then holds at a constant rate. A change counts from the moment it was asked for, which is
// before its commit, to the frame of its seat at the last socket of its show.
func live(host string, bodies []string, sockets int, perSecond, seconds float64) (map[string]any, error) {
	stages := map[string]*stage{}
	wishes := make([]wish, len(bodies))
	var shows []string
	for at, body := range bodies {
		if err := json.Unmarshal([]byte(body), &wishes[at]); err != nil {
			return nil, err
		}
		show := wishes[at].ShowID
		if stages[show] == nil {
			stages[show] = &stage{of: map[string]*change{}}
			shows = append(shows, show)
		}
	}
	latency := newLatencies("last", "each", "hold")
	var failed atomic.Int64
	var first atomic.Value
	wrong := func(err error) {
		failed.Add(1)
		first.CompareAndSwap(nil, err.Error())
	}
	over := make(chan struct{})
	conns, err := open(host, shows, sockets)
	if err != nil {
		return nil, err
	}
	var ready sync.WaitGroup
	for at, c := range conns {
		watched := stages[shows[at%len(shows)]]
		watched.watchers++
		ready.Add(1)
		go watch(c, watched, &ready, latency, func(err error) {
			select {
			case <-over:
			default:
				wrong(err)
			}
		})
	}
	ready.Wait()

	begin := time.Now()
	var group sync.WaitGroup
	jobs := make(chan int, len(bodies))
	for range 16 {
		group.Go(func() {
			c, err := dial(host)
			if err != nil {
				wrong(err)
				return
			}
			for at := range jobs {
				one := &change{asked: time.Now()}
				where := stages[wishes[at].ShowID]
				where.lock.Lock()
				where.of[wishes[at].Seats[0].SeatID] = one
				where.lock.Unlock()
				key := fmt.Sprintf("Idempotency-Key: live-%d-%d\r\n", begin.UnixNano(), at)
				status, answer, err := c.ask("POST", "/api/orders", key, bodies[at])
				if err != nil || status != 201 {
					wrong(refusal("hold", status, answer, err))
					return
				}
				latency.add("hold", time.Since(one.asked))
			}
		})
	}
	for at := range bodies {
		due := begin.Add(time.Duration(float64(at) / perSecond * float64(time.Second)))
		if due.Sub(begin).Seconds() > seconds {
			break
		}
		time.Sleep(time.Until(due))
		jobs <- at
	}
	close(jobs)
	group.Wait()
	awaitAll(stages, 5*time.Second)
	close(over)
	for _, one := range stages {
		for seat, changed := range one.of {
			if changed.seen.Load() < one.watchers {
				wrong(fmt.Errorf("%d of %d watchers saw %s within 5 s", changed.seen.Load(), one.watchers, seat))
			}
			latency.add("last", time.Duration(changed.last.Load()))
		}
	}
	for _, c := range conns {
		c.socket.Close()
	}
	result := latency.summary()
	result["failed"] = failed.Load()
	result["seconds"] = time.Since(begin).Seconds()
	if reason := first.Load(); reason != nil {
		result["reason"] = reason
	}
	return result, nil
}

func open(host string, shows []string, sockets int) ([]*conn, error) {
	conns := make([]*conn, sockets)
	var group sync.WaitGroup
	var first atomic.Value
	var next atomic.Int64
	for range 64 {
		group.Go(func() {
			for first.Load() == nil {
				at := int(next.Add(1)) - 1
				if at >= sockets {
					return
				}
				c, err := listen(host, "/api/live?show="+shows[at%len(shows)])
				if err != nil {
					first.CompareAndSwap(nil, err)
					return
				}
				conns[at] = c
			}
		})
	}
	group.Wait()
	if err := first.Load(); err != nil {
		return nil, err.(error)
	}
	return conns, nil
}

// Reads one socket's frames; the first is what is taken already.
func watch(c *conn, at *stage, ready *sync.WaitGroup, latency *latencies, lost func(error)) {
	seen := map[*change]bool{}
	var told frame
	buffer := make([]byte, 0, 4096)
	for count := 0; ; count++ {
		text, err := c.text(buffer)
		now := time.Now()
		if err != nil {
			if count == 0 {
				ready.Done()
			}
			lost(err)
			return
		}
		buffer = text
		if count == 0 {
			ready.Done()
			continue
		}
		told.Taken = told.Taken[:0]
		if err := json.Unmarshal(text, &told); err != nil {
			lost(err)
			return
		}
		for _, seat := range told.Taken {
			at.lock.RLock()
			one := at.of[seat]
			at.lock.RUnlock()
			if one == nil || seen[one] {
				continue
			}
			seen[one] = true
			took := now.Sub(one.asked)
			latency.add("each", took)
			for {
				last := one.last.Load()
				if last >= int64(took) || one.last.CompareAndSwap(last, int64(took)) {
					break
				}
			}
			one.seen.Add(1)
		}
	}
}

func awaitAll(stages map[string]*stage, longest time.Duration) {
	for until := time.Now().Add(longest); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		missing := false
		for _, one := range stages {
			for _, changed := range one.of {
				missing = missing || changed.seen.Load() < one.watchers
			}
		}
		if !missing {
			return
		}
	}
}
