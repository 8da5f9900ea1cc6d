-- Answers cases, one after the other and then the first again.
-- Arguments: a file of lines «number version» of cases that have an agent, the first digits of the drafts' ids, the cookie of a session, its proof.
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(arguments)
  cases = {}
  for line in io.lines(arguments[1]) do
    local number, version = line:match("^(%d+) (%d+)$")
    if number then table.insert(cases, { number, tonumber(version) }) end
  end
  prefix = arguments[2]
  cookie = arguments[3]
  proof = arguments[4]
  sent = -1  -- the first request is made for a look alone, and never sent
end

function request()
  sent = sent + 1
  local case = cases[sent % #cases + 1]
  local body = "csrf=" .. proof .. "&act=answer&visibility=everyone&version=" .. case[2] ..
    "&draft=" .. prefix .. string.format("%09d", sent) ..
    "&body=%D0%9E%D0%B1%D0%BD%D0%BE%D0%B2%D0%B8%D1%82%D0%B5+%D0%B4%D1%80%D0%B0%D0%B9%D0%B2%D0%B5%D1%80"
  if sent > 0 then case[2] = case[2] + 1 end  -- the next one is for the case as this leaves it
  return wrk.format("POST", "/cases/" .. case[1] .. "/answer",
    { ["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded", ["Origin"] = wrk.scheme .. "://" .. wrk.host .. ":" .. wrk.port },
    body)
end

-- Only a redirect to the answer counts.
wrong = 0
function response(status)
  if status ~= 303 then wrong = wrong + 1 end
end

function done(summary, latency, requests)
  local wrong_answers = 0
  for _, thread in ipairs(threads) do wrong_answers = wrong_answers + thread:get("wrong") end
  io.write(string.format("wrong answers: %d\n", wrong_answers))
end
