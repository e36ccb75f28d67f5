-- One question to the page cache: is there an entry, does it hold, and who renders it if not?
-- Used by the front (content/pagecache/store.py) and by nginx (site/deploy/nginx/).
--
-- KEYS  1 versions   2 entry   3 lock   4 wake   5 counts
-- ARGV  1 encoding: "br", "gzip" or "identity"
--       2 now: unix seconds, with a fraction
--       3 the request's If-None-Match, or ""
--       4 "1" when the body is wanted, "0" for HEAD
--       5 a random text that names the caller as the one who renders; "" for a reader who only reads
--       6 milliseconds after which a render counts as lost
--
-- Answers {"hit" | "stale", status, headers, etag, stored, length, not modified: "1" | "0", body, turn,
--       latest, fresh}
--      or {"miss", turn, tag, version, tag, version, …}   (the versions before the render; none for a reader)
-- turn: "yes" (render it), "wait" (another does), "open" (everybody for themselves), "" (for a reader).
-- "stale": old by time only. What a change has made old is a miss.

local function turn()
  if ARGV[5] == '' then return '' end
  local holder = redis.call('GET', KEYS[3])
  if holder == ARGV[5] then return 'yes' end
  if holder == '-' then return 'open' end
  if holder then return 'wait' end
  local set = redis.pcall('SET', KEYS[3], ARGV[5], 'PX', ARGV[6])
  if set.err then return 'open' end
  redis.call('DEL', KEYS[4])
  return 'yes'
end

-- The stamp: lines "tag version", of which the first is the epoch.
local function holds(stamp)
  local tags, versions = {}, {}
  for tag, version in string.gmatch(stamp, '(%S+) (%S+)') do
    tags[#tags + 1] = tag
    versions[#versions + 1] = version
  end
  if tags[1] ~= 'epoch' then return false end
  local present = redis.call('HMGET', KEYS[1], unpack(tags))
  if not present[1] then return false end
  for place = 1, #tags do
    if (present[place] or '0') ~= versions[place] then return false end
  end
  return true
end

local now = tonumber(ARGV[2])
local entry = redis.call('HMGET', KEYS[2], 'stamp', 'checked', 'fresh', 'until', 'status', 'headers', 'etag', 'stored')
if entry[1] and now < tonumber(entry[4]) then
  -- "latest" changes with each raise of any tag: if it has not since the stamp was last compared, the stamp holds.
  local latest = redis.call('HGET', KEYS[1], 'latest')
  local sound = latest and latest == entry[2]
  if not sound then
    sound = holds(entry[1])
    if sound and latest then redis.pcall('HSET', KEYS[2], 'checked', latest) end
  end
  if sound then
    local state = now < tonumber(entry[3]) and 'hit' or 'stale'
    redis.pcall('HINCRBY', KEYS[5], state, 1)
    local validator = '"' .. entry[7] .. '-' .. ARGV[1] .. '"'
    local same = ARGV[3] == '*' or string.find(ARGV[3], validator, 1, true)
    local body = ''
    if ARGV[4] == '1' and not same then body = redis.call('HGET', KEYS[2], ARGV[1]) end
    return {
      state, entry[5], entry[6], entry[7], entry[8], redis.call('HSTRLEN', KEYS[2], ARGV[1]),
      same and '1' or '0', body, state == 'stale' and turn() or '', latest or '', entry[3],
    }
  end
end

if ARGV[5] == '' then return {'miss', ''} end
local whose = turn()
if redis.call('HEXISTS', KEYS[1], 'epoch') == 0 then
  local made = redis.pcall('HSET', KEYS[1], 'epoch', ARGV[5], 'latest', ARGV[5])
  -- Not before: after one write Valkey lets a script write on in a full memory.
  if type(made) ~= 'table' then
    redis.call('DEL', KEYS[5])
    redis.pcall('HSET', KEYS[5], 'since', math.floor(now))
  end
end
if whose ~= 'wait' then redis.pcall('HINCRBY', KEYS[5], 'miss', 1) end
local answer = {'miss', whose}
for _, each in ipairs(redis.call('HGETALL', KEYS[1])) do answer[#answer + 1] = each end
return answer
