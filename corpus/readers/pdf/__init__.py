"""PDF files: from characters with places to paragraphs and tables in reading order."""
