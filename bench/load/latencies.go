package main

import (
	"slices"
	"sync"
	"time"
)

// How long each kind of request took; exact, because a bench has few enough of them.
type latencies struct {
	lock sync.Mutex
	of   map[string][]time.Duration
}

func newLatencies(kinds ...string) *latencies {
	of := map[string][]time.Duration{}
	for _, kind := range kinds {
		of[kind] = make([]time.Duration, 0, 65536)
	}
	return &latencies{of: of}
}

func (l *latencies) add(kind string, took time.Duration) {
	l.lock.Lock()
	l.of[kind] = append(l.of[kind], took)
	l.lock.Unlock()
}

func (l *latencies) summary() map[string]any {
	kinds := map[string]any{}
	for kind, all := range l.of {
		slices.Sort(all)
		at := func(share float64) float64 {
			if len(all) == 0 {
				return 0
			}
			return float64(all[min(len(all)-1, int(float64(len(all))*share))].Microseconds()) / 1000
		}
		kinds[kind] = map[string]any{"requests": len(all), "p50Ms": at(0.5), "p99Ms": at(0.99)}
	}
	return map[string]any{"kinds": kinds}
}
