"""A membership survey, from the platform's export to a report, every year."""

__version__ = "0.1.0"
