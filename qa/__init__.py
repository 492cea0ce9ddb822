"""What the user is told, and how it is shown: scope, answers, citations, command line and page."""
