"""What every floor may use: coded errors, canonical JSON, hash chain, draw, ids and signing suites.

Pure: nothing here reads a clock, a file, the environment or a random source.
"""
