"""What an operator sees of runs that nobody watches: status, metrics, notices, a heartbeat, a page for each run.

All of it is read from the archive's files, after the run; nothing here can change what a run has captured.
"""
