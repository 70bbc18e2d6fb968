-- Rates random films in the name of random people. Arguments after the URL: tokens-file films-file
require('report')
local threads = 0
function setup(thread)
  thread:set('id', threads)
  threads = threads + 1
end
local function linesOf(file)
  local lines = {}
  for line in io.lines(file) do lines[#lines + 1] = line end
  return lines
end
function init(args)
  math.randomseed(os.time() * 100 + id)
  tokens = linesOf(args[1])
  films = linesOf(args[2])
  for at = 1, #tokens do
    tokens[at] = ' HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nAuthorization: Bearer ' .. tokens[at]
  end
end
function request()
  local body = '{"stars":' .. math.random(1, 10) / 2 .. '}'
  return 'PUT /api/movies/' .. films[math.random(#films)] .. '/rating' .. tokens[math.random(#tokens)]
    .. '\r\nContent-Length: ' .. #body .. '\r\n\r\n' .. body
end
