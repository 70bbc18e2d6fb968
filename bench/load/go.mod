module marquee.example/bench/load

go 1.26
