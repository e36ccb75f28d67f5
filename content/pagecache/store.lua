-- Keep a rendered page, or say that this one is never kept; wake those who wait for it.
--
-- KEYS  1 entry   2 lock   3 wake
-- ARGV  1 the text that names who rendered
--       2 unix milliseconds at which the entry ends; "0": it is not to be stored
--       3 milliseconds for which a page that is not stored is rendered without taking turns
--       4… field, value, field, value, …
-- Answers "OK", or the words of the fault, as when the memory is full.

local fault = false
if ARGV[2] ~= '0' then
  redis.call('DEL', KEYS[1])
  local kept = redis.pcall('HSET', KEYS[1], unpack(ARGV, 4))
  if type(kept) == 'table' and kept.err then
    fault = kept.err
  else
    redis.call('PEXPIREAT', KEYS[1], ARGV[2])
  end
end
if redis.call('GET', KEYS[2]) == ARGV[1] then
  redis.call('DEL', KEYS[2])
  if ARGV[2] == '0' or fault then redis.pcall('SET', KEYS[2], '-', 'PX', ARGV[3]) end
end
redis.pcall('RPUSH', KEYS[3], '1')
redis.pcall('PEXPIRE', KEYS[3], 2000)
return fault or 'OK'
