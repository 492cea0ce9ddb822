"""What a reader sees on the page: report files become reports, sections, paragraphs and offsets."""
