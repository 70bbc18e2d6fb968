-- The same page at an address that nobody asked for yet.
require('report')
local at = 0
local run = os.time()
function request()
  at = at + 1
  return wrk.format('GET', '/?fresh=' .. run .. '-' .. at)
end
