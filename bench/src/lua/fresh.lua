-- The same page at an address that nobody asked for yet, by a field that the page reads: others make no other page. What is no
-- day counts as today.
require('report')
local at = 0
local run = os.time()
function request()
  at = at + 1
  return wrk.format('GET', '/?date=' .. run .. '-' .. at)
end
