"""What things cost, measured: `python -m tests.benchmark` prints one table per subject, or those named.

Contenders take turns, so that a busy moment of the machine hits all of them; medians are shown. Read the
ratios: times differ between machines.
"""
