"""Measured ratios; every floor is measured in the same run, on the same machine."""
