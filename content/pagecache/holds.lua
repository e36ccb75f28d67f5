-- Does a page that was vouched for still hold? It does as long as nothing at all has changed since.
--
-- KEYS  1 versions   2 counts
-- ARGV  1 "latest" of the versions when the page was vouched for
-- Answers 1, and counts the hit, or 0.

if redis.call('HGET', KEYS[1], 'latest') ~= ARGV[1] then return 0 end
redis.pcall('HINCRBY', KEYS[2], 'hit', 1)
return 1
