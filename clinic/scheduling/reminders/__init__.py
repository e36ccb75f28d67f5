"""Reminding patients of their visits: once for each rule and time, when it is still of use, and never at night."""
