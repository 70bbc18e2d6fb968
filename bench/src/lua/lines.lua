-- Sends each line of a file once, as the body of a POST; thread t of n takes every n-th line.
-- Arguments after the URL: path file
require('report')
local threads = 0
function setup(thread)
  thread:set('id', threads)
  threads = threads + 1
end
function init(args)
  path = args[1]
  bodies = {}
  for line in io.lines(args[2]) do bodies[#bodies + 1] = line end
  at = 0
end
function request()
  at = at + 1
  local body = bodies[at]
  if body == nil then
    wrk.thread:stop()
    body = bodies[#bodies]
  end
  return wrk.format('POST', path, { ['Content-Type'] = 'application/json', ['Authorization'] = wrk.headers['Authorization'] }, body)
end
