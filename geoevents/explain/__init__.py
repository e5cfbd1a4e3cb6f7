"""What was found in one article, and why? A page for whoever checks it."""

from geoevents.explain.page import explain_page

__all__ = ["explain_page"]
