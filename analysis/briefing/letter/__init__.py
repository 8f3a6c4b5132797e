"""The letter's tasks beside what the survey found and what was counted -> tables, actions, progress."""
