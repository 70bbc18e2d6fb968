-- Asks for each path of a file in turn, again and again.
require('report')
function init(args)
  paths = {}
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  at = 0
end
function request()
  at = at % #paths + 1
  return wrk.format('GET', paths[at])
end
