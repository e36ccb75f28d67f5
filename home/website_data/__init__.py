"""The frame and the home page as data, for other programs of the clinic: JSON from the cache, never stale."""
