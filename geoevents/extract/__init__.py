"""From an article to what happened: triggers, roles, times, participants and status."""
