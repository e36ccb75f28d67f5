-- Raise the versions of tags: every entry that depends on one is old from now on.
--
-- KEYS  1 versions   2 counts
-- ARGV  1 the new version, unique   2… tags; "epoch" makes every entry old

local fields = {'latest', ARGV[1]}
local all = redis.call('HEXISTS', KEYS[1], 'epoch') == 0
for place = 2, #ARGV do
  fields[#fields + 1] = ARGV[place]
  fields[#fields + 1] = ARGV[1]
  if ARGV[place] == 'epoch' then all = true end
end
if redis.call('HEXISTS', KEYS[1], 'epoch') == 0 then
  fields[#fields + 1] = 'epoch'
  fields[#fields + 1] = ARGV[1]
end
local raised = redis.pcall('HSET', KEYS[1], unpack(fields))
-- Full memory refuses new words but not forgetting: without an epoch every entry is old.
if type(raised) == 'table' and raised.err then
  redis.call('DEL', KEYS[1])
elseif all then
  -- What is counted is counted since the cache was last emptied.
  redis.call('DEL', KEYS[2])
  redis.pcall('HSET', KEYS[2], 'since', redis.call('TIME')[1])
end
return 'OK'
