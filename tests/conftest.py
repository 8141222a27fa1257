"""What holds for every test."""

from hypothesis import HealthCheck, settings

settings.register_profile("busy-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy-machine")  # how long an example takes tells of the machine, and is measured in benchmarks
