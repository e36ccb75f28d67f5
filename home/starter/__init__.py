"""The starter clinic: what a new installation shows on its first day. Words and pictures are in `site/seed/`."""
