"""How is the recogniser trained? ``python -m tools.recognizer``."""
