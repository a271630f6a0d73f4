-- Asks for the addresses of a list, one after the other; every connection begins at another place.
local paths, position = {}, 0
function init(arguments)
  for path in io.lines(arguments[1]) do paths[#paths + 1] = path end
  math.randomseed(os.time())
  position = math.random(#paths)
end
function request()
  position = position % #paths + 1
  return wrk.format("GET", paths[position])
end
function done(summary, latency)
  local errors = summary.errors
  print("Errors: " .. errors.connect + errors.read + errors.write + errors.status + errors.timeout)
  print("P99: " .. latency:percentile(99) / 1000)
end
