"""What holds for every test."""

from hypothesis import settings

# A machine with other work is slow at any moment: what a test finds must not depend on how long it took.
settings.register_profile("zonder tijdslimiet", deadline=None)
settings.load_profile("zonder tijdslimiet")
