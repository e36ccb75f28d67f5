-- Answers pages from Valkey without Python; whatever is not an undoubted hit goes to Django, whose own front
-- (content/pagecache/) decides. The format of the entries stands in docs/decisions/0024, the rules in
-- content/pagecache/asked.py: here they are only stricter, never wider.

local M = {}

local CONNECT, SEND, READ = 100, 100, 150 -- milliseconds
local REST = 5 -- seconds for which a silent Valkey is left alone
local PREFIX = "iyada:pages:"
local LONGEST = 1024
local LONGEST_MARK = 44 -- "utm_" and forty letters more

local MOST = 400 -- pages that a worker keeps beside its connection

local settings = {}
local copies -- what Valkey has vouched for, by address and encoding, as long as nothing at all has changed
local head, script -- of the command that looks a page up
local question -- the one that asks whether a page still holds

local function bulk(words)
  return "$" .. #words .. "\r\n" .. words .. "\r\n"
end

local function hexadecimal(bytes)
  return (bytes:gsub(".", function(byte) return string.format("%02x", byte:byte()) end))
end

local function program(name)
  local file = assert(io.open(settings.programs .. "/" .. name, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

--- given: host, port, user, password, database, programs (the folder content/pagecache),
--- cookie (the name of the session's cookie), scheme ("https" or "http": what visitors use),
--- door (the file that closes the site: config/maintenance.py)
function M.open(given)
  settings = given
  script = program("lookup.lua")
  local digest = hexadecimal(ngx.sha1_bin(script))
  question = "*6\r\n" .. bulk("EVALSHA") .. bulk(hexadecimal(ngx.sha1_bin(program("holds.lua")))) .. bulk("2")
    .. bulk(PREFIX .. "versions") .. bulk(PREFIX .. "counts")
  copies = require("resty.lrucache").new(MOST)
  head = "*14\r\n" .. bulk("EVALSHA") .. bulk(digest) .. bulk("5") .. bulk(PREFIX .. "versions")
end

-- A line of RESP (https://valkey.io/topics/protocol/) as a Lua value; nil and words for a fault.
local function read(link)
  local line, fault = link:receive()
  if not line then return nil, fault end
  local kind, rest = line:byte(1), line:sub(2)
  if kind == 36 then -- "$"
    local length = tonumber(rest)
    if length < 0 then return "" end
    local words
    words, fault = link:receive(length)
    if not words then return nil, fault end
    link:receive(2)
    return words
  elseif kind == 58 then -- ":"
    return tonumber(rest)
  elseif kind == 42 then -- "*"
    local list = {}
    for place = 1, tonumber(rest) do
      list[place], fault = read(link)
      if list[place] == nil then return nil, fault end
    end
    return list
  elseif kind == 45 then -- "-"
    return false, rest
  end
  return rest
end

local function command(link, ...)
  local words = { ... }
  for place = 1, #words do words[place] = bulk(tostring(words[place])) end
  local sent, fault = link:send("*" .. #words .. "\r\n" .. table.concat(words))
  if not sent then return nil, fault end
  return read(link)
end

local function connect()
  local link = ngx.socket.tcp()
  link:settimeouts(CONNECT, SEND, READ)
  local fine, fault = link:connect(settings.host, settings.port, { pool = "pages" })
  if not fine then return nil, fault end
  if link:getreusedtimes() == 0 then
    local answer
    if settings.password ~= "" then
      if settings.user ~= "" then
        answer, fault = command(link, "AUTH", settings.user, settings.password)
      else
        answer, fault = command(link, "AUTH", settings.password)
      end
      if not answer then return nil, fault end
    end
    answer, fault = command(link, "SELECT", settings.database)
    if not answer then return nil, fault end
  end
  return link
end

-- The path in letters, as Django reads it; nil for one that could be another address.
local function readable(path)
  if path:find("%", 1, true) then path = ngx.unescape_uri((path:gsub("%+", "%%2B"))) end
  if #path > 512 or path:find("[%z\1-\32\127?#\\]") then return nil end
  if path:find("^/en/") or path:find("^/ar/") or path == "/sitemap.xml" then return path end
end

local TRACKING = {
  gclid = 1, gclsrc = 1, gbraid = 1, wbraid = 1, dclid = 1, fbclid = 1, msclkid = 1, mc_cid = 1, mc_eid = 1,
  twclid = 1, ttclid = 1, igshid = 1, yclid = 1, _ga = 1, _gl = 1,
}

-- The query without what tracks people; nil unless it is empty then: pages with a query are for the front.
local function is_plain(query)
  for pair in query:gmatch("[^&]+") do
    local name = pair:match("^[^=]*")
    if not TRACKING[name] and not (name:find("^utm_[%w_]+$") and #name <= LONGEST_MARK) then return false end
  end
  return true
end

local function encoding(accepted)
  if not accepted or accepted == "" then return "identity" end
  if accepted:find(";", 1, true) then return nil end -- weights are read by the front
  accepted = "," .. accepted:lower():gsub("%s", "") .. ","
  if accepted:find(",br,", 1, true) then return "br" end
  if accepted:find(",gzip,", 1, true) then return "gzip" end
  if accepted:find("*", 1, true) then return nil end
  return "identity"
end

-- What is asked for: its address and encoding; nil for a request that is not for here.
local function asked()
  local method = ngx.req.get_method()
  if method ~= "GET" and method ~= "HEAD" then return nil end
  local var = ngx.var
  if var.http_authorization then return nil end
  local cookies = var.http_cookie
  if cookies and cookies:find(settings.cookie, 1, true) then return nil end
  local uri = var.request_uri
  local mark = uri:find("?", 1, true)
  if mark and not is_plain(uri:sub(mark + 1)) then return nil end
  local path = readable(mark and uri:sub(1, mark - 1) or uri)
  local host = var.http_host
  local wanted = encoding(var.http_accept_encoding)
  if not path or not host or not wanted or #uri > LONGEST then return nil end
  return settings.scheme .. "://" .. host:lower() .. path, wanted, method == "HEAD"
end

-- "latest" changes with each raise of any tag: while it is what it was, the page holds, and its bytes are here.
local function holds(link, copy)
  local sent, fault = link:send(question .. bulk(copy[10]))
  if not sent then return nil, fault end
  local answered
  answered, fault = read(link)
  if answered == nil then return nil, fault end
  return answered == 1 -- a server that has forgotten the program is asked at length
end

local function look_up(address, wanted, is_head)
  local link, fault = connect()
  if not link then return nil, fault end
  local name = wanted .. " " .. address
  local known = ngx.var.http_if_none_match
  local copy = not is_head and not known and copies:get(name)
  if copy and ngx.now() < tonumber(copy[11]) then
    local sound
    sound, fault = holds(link, copy)
    if sound == nil then
      link:close()
      return nil, fault
    end
    if sound then
      link:setkeepalive(60000, 64)
      return copy
    end
    copies:delete(name)
  end
  local body = bulk(PREFIX .. "entry:" .. address)
    .. bulk(PREFIX .. "lock:" .. address)
    .. bulk(PREFIX .. "wake:" .. address)
    .. bulk(PREFIX .. "counts")
    .. bulk(wanted)
    .. bulk(string.format("%.3f", ngx.now()))
    .. bulk((known or ""):sub(1, LONGEST))
    .. bulk(is_head and "0" or "1")
    .. "$0\r\n\r\n$1\r\n0\r\n" -- one who only reads
  local sent
  sent, fault = link:send(head .. body)
  if not sent then return nil, fault end
  local found
  found, fault = read(link)
  if found == false and fault:find("^NOSCRIPT") then
    link:send("*14\r\n" .. bulk("EVAL") .. bulk(script) .. bulk("5") .. bulk(PREFIX .. "versions") .. body)
    found, fault = read(link)
  end
  if not found then
    if found == nil then link:close() else link:setkeepalive(60000, 64) end
    return nil, fault
  end
  link:setkeepalive(60000, 64)
  if found[1] == "hit" and not is_head and not known then copies:set(name, found) end
  return found
end

-- A 304 has no content, so it describes none (RFC 9110, 15.4.5).
local OF_CONTENT = { ["content-type"] = true, ["content-language"] = true, ["content-disposition"] = true }

local function answer(found, wanted)
  local header = ngx.header
  local same = found[7] == "1"
  for name, value in found[3]:gmatch("([^\n:]+): ([^\n]*)") do
    if not (same and OF_CONTENT[name:lower()]) then
      local present = header[name]
      header[name] = present and name:lower() ~= "content-type" and { present, value } or value
    end
  end
  header["ETag"] = '"' .. found[4] .. "-" .. wanted .. '"'
  header["X-Cache"] = "hit"
  header["Age"] = math.max(0, math.floor(ngx.now() - tonumber(found[5])))
  if same then
    -- Not ngx.exit(304), which would leave the headers out.
    ngx.status = 304
    ngx.send_headers()
    ngx.eof()
    return ngx.exit(ngx.OK)
  end
  ngx.status = tonumber(found[2])
  if wanted ~= "identity" then header["Content-Encoding"] = wanted end
  header["Content-Length"] = found[6]
  ngx.print(found[8])
  return ngx.exit(ngx.HTTP_OK)
end

local function is_closed()
  local door = io.open(settings.door, "rb")
  if door then door:close() end
  return door ~= nil
end

--- Answer the request if the page is stored and holds; else return, and let Django answer.
function M.serve()
  local address, wanted, is_head = asked()
  local known = ngx.shared.iyada_pages
  if not address or known:get("rest") or is_closed() then return end
  local found, fault = look_up(address, wanted, is_head)
  if not found then
    known:set("rest", true, REST)
    known:incr("faults", 1, 0)
    ngx.log(ngx.WARN, "page cache: ", fault)
    return
  end
  if found[1] == "hit" then return answer(found, wanted) end
end

return M
