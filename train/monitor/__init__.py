"""Monitoring: what changed between what is scored now and what was scored or learned before."""
