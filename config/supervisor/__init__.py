"""Starts what the clinic consists of, keeps it running and stops it in order. Nothing here imports Django."""
