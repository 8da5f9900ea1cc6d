-- Opens cases: every request is a form of its own, told apart by its draft.
-- Arguments: the first digits of the drafts' ids, the cookie of a session, its proof.
local thread_count = 0

local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("thread_number", thread_count)
  thread_count = thread_count + 1
end

function init(arguments)
  prefix = arguments[1] .. thread_number
  cookie = arguments[2]
  proof = arguments[3]
  sent = 0
end

local boundary = "----otklik"

local function part(name, value)
  return "--" .. boundary .. '\r\nContent-Disposition: form-data; name="' .. name .. '"\r\n\r\n' .. value .. "\r\n"
end

function request()
  sent = sent + 1
  local body = part("csrf", proof) .. part("draft", prefix .. string.format("%09d", sent)) ..
    part("subject", "Не формируется отчёт " .. sent) ..
    part("description", "При нажатии «Сформировать отчёт» появляется сообщение «Ошибка формирования».") ..
    part("product", "Qapter Claims") .. part("country", "RU") .. "--" .. boundary .. "--\r\n"
  return wrk.format("POST", "/cases",
    { ["Cookie"] = cookie, ["Content-Type"] = "multipart/form-data; boundary=" .. boundary, ["Origin"] = wrk.scheme .. "://" .. wrk.host .. ":" .. wrk.port },
    body)
end

-- Only a redirect to the new case counts.
wrong = 0
function response(status)
  if status ~= 303 then wrong = wrong + 1 end
end

function done(summary, latency, requests)
  local wrong_answers = 0
  for _, thread in ipairs(threads) do wrong_answers = wrong_answers + thread:get("wrong") end
  io.write(string.format("wrong answers: %d\n", wrong_answers))
end
