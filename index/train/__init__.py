"""Train what ships in `index/models`; nothing here runs when questions are answered."""
