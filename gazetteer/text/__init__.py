"""Reading words: folding, words, sentences, language, inflected forms."""
