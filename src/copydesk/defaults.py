"""Defaults that the command line and the functions behind it share; cheap to import."""

CHUNK_SIZE = 64
"""Articles that a process is given at a time, and that a job writes together: enough that sending
them costs nothing beside judging, few enough that little is lost with them."""

REPORT_LIMIT_MB = 40
"""Size of a report's page, in millions of bytes, over which articles go to pages beside it."""
