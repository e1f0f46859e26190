"""What is typed and printed: what new chapters and courses hold, and how far a build has come."""
