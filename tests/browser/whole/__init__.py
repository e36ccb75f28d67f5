"""The starter clinic as `./run` starts it, in a real browser: what no single room can promise."""
