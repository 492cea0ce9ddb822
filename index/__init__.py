"""What the machine searches: chunks, vectors, BM25 and the store, in one versioned folder."""
